-- One start of a policy on several engines: its runs, and the hosts without a run.
create table prune_run_group (
    id                bigint generated always as identity primary key,
    policy_id         bigint references prune_policy on delete set null,
    policy_name       text not null,                 -- remains if the policy is deleted
    policy_version    integer not null,
    trigger           text not null,                 -- RunTrigger
    requested_by      text not null,
    requested_token   text,
    requested_address text,
    requested_at      timestamptz not null,
    idempotency_key   text unique,
    without_run       jsonb not null default '[]'    -- [{"host": name, "why": NoRun}]
);

create index prune_run_group_by_time on prune_run_group (requested_at);

create table prune_run (
    id                     bigint generated always as identity primary key,
    plan_id                bigint not null unique references prune_plan on delete cascade,
    builder_id             bigint not null references builder on delete cascade,
    engine_id              text not null,
    group_id               bigint references prune_run_group on delete set null,
    state                  text not null,            -- RunState
    trigger                text not null,            -- RunTrigger
    idempotency_key        text unique,
    -- Who did what: the name, the first characters of the token, and the address.
    requested_by           text not null,
    requested_token        text,
    requested_address      text,
    requested_at           timestamptz not null,
    approved_by            text,
    approved_token         text,
    approved_address       text,
    approved_at            timestamptz,
    cancelled_by           text,
    cancelled_token        text,
    cancelled_address      text,
    cancel_requested_at    timestamptz,
    -- The course.
    start_at               timestamptz not null,     -- the end of the countdown
    waiting_since          timestamptz,              -- the start of the wait for builds; null: it did not wait
    started_at             timestamptz,
    sent_position          integer not null default 0, -- the last position that was, or may have been, passed to the builder
    deletion_ended_at      timestamptz,              -- the start of the verification
    ended_at               timestamptz,
    owner                  text,                     -- the replica that executes it
    heartbeat_at           timestamptz,
    -- The result.
    method                 text,                     -- DeletionMethod
    deleted_count          bigint not null default 0,
    deleted_bytes          bigint not null default 0,
    skipped_count          bigint not null default 0,
    skipped_bytes          bigint not null default 0,
    failed_count           bigint not null default 0,
    failed_bytes           bigint not null default 0,
    reported_bytes         bigint,                   -- the total that the builder reported
    cache_before_bytes     bigint,                   -- of all records
    cache_after_bytes      bigint,
    disk_free_before_bytes bigint,                   -- on the disk of the data root, if known
    disk_free_after_bytes  bigint,
    notes                  jsonb not null default '[]' -- list of RunNote
);

-- At most one prune per engine, over all replicas and all addresses of the engine.
create unique index prune_run_one_active on prune_run (engine_id)
    where state in ('WAITING_FOR_BUILDS', 'RUNNING', 'VERIFYING');
create index prune_run_open on prune_run (state) where ended_at is null;
create index prune_run_by_builder on prune_run (builder_id, id desc);
create index prune_run_by_group on prune_run (group_id) where group_id is not null;

-- Records that disappeared without a run of Cachewarden.
create table external_prune (
    id             bigint generated always as identity primary key,
    builder_id     bigint not null references builder on delete cascade,
    since          timestamptz,                      -- the last reading with the records
    at             timestamptz not null,             -- the first reading without them
    record_count   bigint not null,
    total_bytes    bigint not null,                  -- according to their last reading
    known          text not null,                    -- ExternalPrune.Known
    event_at       timestamptz,                      -- of the last event of the engine in between, by the clock of Cachewarden
    reported_bytes bigint,                           -- the total of these events
    unique (builder_id, at)
);

-- The last reading of a builder that was searched for external prunes.
create table external_prune_watch (
    builder_id bigint primary key references builder on delete cascade,
    until      timestamptz not null
);
