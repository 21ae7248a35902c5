-- How gently the run of a plan goes about it: RunGuards, what is absent is as the service's settings have it.
alter table prune_plan add column guards jsonb not null default '{}';

alter table prune_run
    add column waiting_since          timestamptz,   -- since when it waited for builds to let go of the cache; null: did not wait
    add column disk_free_before_bytes bigint,        -- under the engine's data root, where it can be seen
    add column disk_free_after_bytes  bigint,
    -- From where, and with which token (its first characters); the names are in the columns from before.
    add column requested_token        text,
    add column requested_address      text,
    add column approved_token         text,
    add column approved_address       text,
    add column cancelled_token        text,
    add column cancelled_address      text;

-- A run that waits for builds has the engine to itself already.
drop index prune_run_one_active;
create unique index prune_run_one_active on prune_run (engine_id)
    where state in ('WAITING_FOR_BUILDS', 'RUNNING', 'VERIFYING');

-- Records that went without a run of ours.
create table external_prune (
    id             bigint generated always as identity primary key,
    builder_id     bigint not null references builder on delete cascade,
    since          timestamptz,                      -- last reading that still had them
    at             timestamptz not null,             -- first reading without them
    record_count   bigint not null,
    total_bytes    bigint not null,                  -- as last read
    known          text not null,                    -- ExternalPrune.Known: EVENT or DISAPPEARED
    event_at       timestamptz,                      -- of the last event in between, by our clock
    reported_bytes bigint,                           -- sum of the engine's own words in those events
    unique (builder_id, at)
);

-- cache_record.gone_cause knows one more: EXTERNAL, where the engine's event log tells of somebody else's prune.

-- Up to which reading a builder's cache was looked through for them.
create table external_prune_watch (
    builder_id bigint primary key references builder on delete cascade,
    until      timestamptz not null
);
