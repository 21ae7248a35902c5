-- The exact records that a prune would delete, computed from one snapshot.
create table prune_plan (
    id                  bigint generated always as identity primary key,
    host_id             bigint not null references host on delete cascade,
    host_name           text not null,               -- at that time
    builder_id          bigint not null references builder on delete cascade,
    engine_id           text not null,
    policy_id           bigint references prune_policy on delete set null,
    policy_version      integer,
    policy_name         text,                        -- remains if the policy is deleted; null: a manual plan
    draft               boolean not null default false, -- whether the draft of the policy made the plan
    mode                text not null,               -- PolicyMode at that time; a plan in report mode never runs
    snapshot_at         timestamptz not null,
    created_at          timestamptz not null,
    created_by          text not null,
    -- The policy at that time.
    rules               jsonb not null,
    pins                jsonb not null default '[]', -- filters of records that no rule may select: ["mountTarget==/root/.m2", …]
    guards              jsonb not null default '{}', -- RunGuards; absent values come from the settings
    max_run_bytes       bigint,
    max_run_share       integer,                     -- percent
    ceiling_bytes       bigint not null,             -- the limit per run for this cache
    approve_above_bytes bigint,
    -- The result.
    record_count        bigint not null,
    total_bytes         bigint not null,
    kept_count          bigint not null,
    kept_bytes          bigint not null,
    kept_reasons        jsonb not null,              -- {"IN_USE":[records,bytes],…}
    by_type             jsonb not null,              -- planned records: {"regular":[records,bytes],…}
    -- The disk; all null if no rule depends on it.
    disk_taken_at       timestamptz,
    disk_total_bytes    bigint,
    disk_free_bytes     bigint,
    disk_problem        text
);

create index prune_plan_by_age on prune_plan (created_at);
create index prune_plan_by_builder on prune_plan (builder_id);
create index prune_plan_by_policy on prune_plan (policy_id);

-- A planned record, and its outcome after the run.
create table prune_plan_record (
    plan_id        bigint not null references prune_plan on delete cascade,
    position       integer not null,                 -- order of deletion from 1: children before parents
    record_id      text collate "C" not null,
    type           text not null,
    description    text not null,
    size_bytes     bigint not null,
    last_used_at   timestamptz,
    usage_count    bigint not null,
    shared         boolean not null default false,   -- whether an image shared it then; only a later share is a reason to skip it
    rule           integer not null,                 -- number of the rule that selects it, from 1
    reason         text not null,                    -- as shown on pages
    outcome        text,                             -- RecordOutcome
    outcome_reason jsonb,                            -- OutcomeReason; null if the record was deleted as planned
    outcome_at     timestamptz,
    deleted_bytes  bigint,
    primary key (plan_id, position),
    unique (plan_id, record_id)
);
