create table prune_policy (
    id             bigint generated always as identity primary key,
    name           text not null unique,
    mode           text not null,                    -- REPORT or ENFORCE
    enabled        boolean not null default true,
    scope          jsonb not null default '{}',      -- labels a host must carry, all of them
    rules          jsonb not null,                   -- ordered list of PruneRule
    cron           text,                             -- five fields; null: by hand only
    time_zone      text not null default 'UTC',
    -- The ceiling of one run. At least one is set.
    max_run_bytes  bigint check (max_run_bytes > 0),
    max_run_share  integer check (max_run_share between 1 and 100), -- per cent of the bytes of the builder's cache
    approve_above_bytes bigint check (approve_above_bytes > 0),
    next_fire_at   timestamptz,                      -- claimed by moving it on
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    version        integer not null default 1,       -- counts saves; plans name it
    check (max_run_bytes is not null or max_run_share is not null)
);

-- Exactly what a prune would delete, worked out from one reading.
create table prune_plan (
    id             bigint generated always as identity primary key,
    builder_id     bigint not null references builder on delete cascade,
    engine_id      text not null,
    policy_id      bigint references prune_policy on delete set null,
    policy_version integer,
    policy_name    text,                             -- kept when the policy goes; null: planned by hand
    snapshot_at    timestamptz not null,
    created_at     timestamptz not null,
    created_by     text not null,
    rules          jsonb not null,                   -- as they were
    record_count   bigint not null,
    total_bytes    bigint not null,
    kept_count     bigint not null,
    kept_bytes     bigint not null,
    kept_reasons   jsonb not null,                   -- {"IN_USE":[records,bytes],…}
    by_type        jsonb not null                    -- planned, {"regular":[records,bytes],…}
);

create table prune_plan_record (
    plan_id      bigint not null references prune_plan on delete cascade,
    position     integer not null,                   -- order of deletion: children before parents
    record_id    text collate "C" not null,
    type         text not null,
    description  text not null,
    size_bytes   bigint not null,
    last_used_at timestamptz,
    usage_count  bigint not null,
    rule         integer not null,                   -- which rule of the policy takes it, from 1
    reason       text not null,                      -- in words, as shown
    -- Filled by the run.
    outcome        text,                             -- DELETED, SKIPPED or FAILED
    outcome_reason text,
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
    state             text not null,                 -- PruneRunState
    trigger           text not null,                 -- SCHEDULE or HAND
    requested_by      text not null,
    requested_at      timestamptz not null,
    idempotency_key   text unique,
    started_at        timestamptz,
    ended_at          timestamptz,
    owner             text,                          -- the replica that runs it
    heartbeat_at      timestamptz,
    method            text,                          -- PruneReport.Method
    deleted_count     bigint not null default 0,
    deleted_bytes     bigint not null default 0,
    skipped_count     bigint not null default 0,
    skipped_bytes     bigint not null default 0,
    failed_count      bigint not null default 0,
    reported_bytes    bigint,                        -- the builder's own sum
    cache_before_bytes bigint,
    cache_after_bytes bigint,
    message           text                           -- why it failed or was skipped, in words
);

-- One prune an engine at a time, over all replicas and over every address of the engine.
create unique index prune_run_one_active on prune_run (engine_id)
    where state in ('RUNNING', 'VERIFYING');
create index prune_run_open on prune_run (state) where ended_at is null;
create index prune_run_by_builder on prune_run (builder_id, requested_at desc);
