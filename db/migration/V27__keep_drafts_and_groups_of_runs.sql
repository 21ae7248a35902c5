-- Whether the plan was made from the draft of its policy, and not from a saved version of it.
alter table prune_plan add column draft boolean not null default false;

-- One start of a policy on several engines: its runs, and the hosts that got none.
create table prune_run_group (
    id                bigint generated always as identity primary key,
    policy_id         bigint references prune_policy on delete set null,
    policy_name       text not null,                  -- kept when the policy goes
    policy_version    integer not null,
    trigger           text not null,                  -- RunTrigger
    requested_by      text not null,
    requested_token   text,
    requested_address text,
    requested_at      timestamptz not null,
    idempotency_key   text unique,
    without_run       jsonb not null default '[]'     -- [{"host": name, "nothing": true if there was nothing to delete, "reason": text}]
);

alter table prune_run add column group_id bigint references prune_run_group on delete set null;
create index prune_run_by_group on prune_run (group_id) where group_id is not null;
create index prune_run_group_by_time on prune_run_group (requested_at);
