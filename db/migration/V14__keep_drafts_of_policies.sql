-- A change of a policy that somebody saved and that is not in force: one at most for each policy.
create table prune_policy_draft (
    policy_id    bigint primary key references prune_policy on delete cascade,
    base_version integer not null,                   -- the version it was written from
    input        jsonb not null,                     -- PolicyInput, as it was typed
    saved_at     timestamptz not null,
    saved_by     text not null
);
