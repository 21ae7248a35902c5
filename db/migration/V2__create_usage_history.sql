-- One reading of a builder's cache, compact. Raw samples (resolution 0) are one a poll and all that an unchanged cache costs;
-- 300 and 3600 are roll-ups by that many seconds.
create table usage_sample (
    builder_id         bigint not null references builder on delete cascade,
    resolution_seconds integer not null,             -- 0 as read, else 300 or 3600
    taken_at           timestamptz not null,         -- for a roll-up: start of its span
    record_count       bigint not null,
    total_bytes        bigint not null,
    reclaimable_bytes  bigint not null,
    shared_bytes       bigint not null,
    in_use_bytes       bigint not null,
    max_total_bytes    bigint not null,              -- highest within the span; equals total_bytes for a raw sample
    by_type            jsonb not null,               -- {"regular":{"RECLAIMABLE":[records,bytes],…},…}
    fingerprint        uuid,                         -- of all records read, whatever their order; null in roll-ups
    took_millis        integer,                      -- request to answer; null in roll-ups
    primary key (builder_id, resolution_seconds, taken_at)
);

-- Each record that was ever seen, with its attributes as last read.
create table cache_record (
    builder_id     bigint not null references builder on delete cascade,
    record_id      text collate "C" not null,
    type           text not null,
    description    text not null,
    parents        text[] not null,
    mutable        boolean,
    in_use         boolean not null,
    shared         boolean not null,
    size_bytes     bigint not null,
    created_at     timestamptz,
    last_used_at   timestamptz,
    usage_count    bigint not null,
    first_seen_at  timestamptz not null,
    changed_at     timestamptz not null,             -- when an attribute was last seen to differ
    gone_at        timestamptz,                      -- first reading without it; null while it is there
    gone_cause     text,                             -- GoneCause: PRUNED_BY_US, UNKNOWN
    gone_run_id    bigint,                           -- the prune run, where it was one of ours
    pruned_at      timestamptz,                      -- when that run reported it deleted; then the next reading is to lack it
    primary key (builder_id, record_id)
);

create index cache_record_live_by_size on cache_record (builder_id, size_bytes desc, record_id) where gone_at is null;
create index cache_record_live_by_size_of_all on cache_record (size_bytes desc, builder_id, record_id) where gone_at is null;
create index cache_record_gone on cache_record (builder_id, gone_at) where gone_at is not null;

-- A use that was seen: between two readings the usage count or the time of last use moved.
create table record_use (
    builder_id  bigint not null references builder on delete cascade,
    record_id   text collate "C" not null,
    seen_at     timestamptz not null,
    used_at     timestamptz,                         -- as the builder tells it
    usage_count bigint not null,
    primary key (builder_id, record_id, seen_at)
);
create index record_use_by_time on record_use (builder_id, seen_at);

-- Which replica polls and plans. One row; whoever renews it in time holds it.
create table lease (
    name       text primary key,
    holder     text not null,
    expires_at timestamptz not null
);
