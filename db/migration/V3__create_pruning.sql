create table prune_policy (
    id             bigint generated always as identity primary key,
    name           text not null unique,
    mode           text not null,                    -- PolicyMode: REPORT or ENFORCE
    enabled        boolean not null default true,
    scope          jsonb not null default '{}',      -- labels a host must carry, all of them
    rules          jsonb not null,                   -- ordered list of PruneRule
    cron           text,                             -- five fields; null: by hand only
    time_zone      text not null default 'UTC',
    -- The ceiling of one run. At least one is set.
    max_run_bytes  bigint check (max_run_bytes > 0),
    max_run_share  integer check (max_run_share between 1 and 100), -- per cent of the cache's bytes that are not shared
    approve_above_bytes bigint check (approve_above_bytes >= 0),
    next_fire_at   timestamptz,                      -- claimed by moving it on
    last_fire_at   timestamptz,
    last_fire_result text,                           -- what came of it, in words
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    version        integer not null default 1,       -- counts saves; plans name it
    check (max_run_bytes is not null or max_run_share is not null)
);

create index prune_policy_due on prune_policy (next_fire_at) where enabled and next_fire_at is not null;

-- Exactly what a prune would delete, worked out from one reading.
create table prune_plan (
    id             bigint generated always as identity primary key,
    host_id        bigint not null references host on delete cascade,
    host_name      text not null,                    -- as it was called
    builder_id     bigint not null references builder on delete cascade,
    engine_id      text not null,
    policy_id      bigint references prune_policy on delete set null,
    policy_version integer,
    policy_name    text,                             -- kept when the policy goes; null: planned by hand
    mode           text not null,                    -- of the policy then; a REPORT plan can never be run
    snapshot_at    timestamptz not null,
    created_at     timestamptz not null,
    created_by     text not null,
    rules          jsonb not null,                   -- as they were, and so the ceiling
    max_run_bytes  bigint,
    max_run_share  integer,
    ceiling_bytes  bigint not null,                  -- what the ceiling came to for this cache
    approve_above_bytes bigint,
    record_count   bigint not null,
    total_bytes    bigint not null,
    kept_count     bigint not null,
    kept_bytes     bigint not null,
    kept_reasons   jsonb not null,                   -- {"IN_USE":[records,bytes],…}
    by_type        jsonb not null                    -- planned, {"regular":[records,bytes],…}
);

create index prune_plan_by_age on prune_plan (created_at);
create index prune_plan_by_builder on prune_plan (builder_id);
create index prune_plan_by_policy on prune_plan (policy_id);

create table prune_plan_record (
    plan_id      bigint not null references prune_plan on delete cascade,
    position     integer not null,                   -- order of deletion from 1: children before parents
    record_id    text collate "C" not null,
    type         text not null,
    description  text not null,
    size_bytes   bigint not null,
    last_used_at timestamptz,
    usage_count  bigint not null,
    rule         integer not null,                   -- which rule of the policy takes it, from 1
    reason       text not null,                      -- in words, as shown
    -- Filled by the run.
    outcome        text,                             -- RecordOutcome: DELETED, SKIPPED or FAILED
    outcome_reason text,                             -- null where a deletion went as planned
    outcome_at     timestamptz,
    deleted_bytes  bigint,
    primary key (plan_id, position),
    unique (plan_id, record_id)
);

create table prune_run (
    id                bigint generated always as identity primary key,
    plan_id           bigint not null unique references prune_plan on delete cascade,
    builder_id        bigint not null references builder on delete cascade,
    engine_id         text not null,
    state             text not null,                 -- RunState
    trigger           text not null,                 -- RunTrigger: SCHEDULE or HAND
    requested_by      text not null,
    requested_at      timestamptz not null,
    idempotency_key   text unique,
    start_at          timestamptz not null,          -- end of the countdown
    approved_by       text,
    approved_at       timestamptz,
    cancelled_by      text,
    cancel_requested_at timestamptz,
    started_at        timestamptz,
    ended_at          timestamptz,
    owner             text,                          -- the replica that runs it
    heartbeat_at      timestamptz,
    sent_position     integer not null default 0,    -- records up to here were handed to the builder, or are about to be
    deletion_ended_at timestamptz,                   -- since when its truth is being read back
    method            text,                          -- PruneReport.Method
    deleted_count     bigint not null default 0,
    deleted_bytes     bigint not null default 0,
    skipped_count     bigint not null default 0,
    skipped_bytes     bigint not null default 0,
    failed_count      bigint not null default 0,
    failed_bytes      bigint not null default 0,
    reported_bytes    bigint,                        -- the builder's own sum
    cache_before_bytes bigint,                       -- of all records, as read
    cache_after_bytes bigint,
    message           text                           -- why it failed or ended early, in words
);

-- One prune an engine at a time, over all replicas and over every address of the engine.
create unique index prune_run_one_active on prune_run (engine_id)
    where state in ('RUNNING', 'VERIFYING');
create index prune_run_open on prune_run (state) where ended_at is null;
create index prune_run_by_builder on prune_run (builder_id, id desc);
