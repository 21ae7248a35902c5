-- The totals of one snapshot of a cache. Each poll adds one raw sample. 300 and 3600 are roll-ups over that many seconds.
create table usage_sample (
    builder_id         bigint not null references builder on delete cascade,
    resolution_seconds integer not null,             -- 0 for a raw sample, else 300 or 3600
    taken_at           timestamptz not null,         -- of a roll-up: the start of its span
    record_count       bigint not null,
    total_bytes        bigint not null,
    reclaimable_bytes  bigint not null,
    shared_bytes       bigint not null,
    in_use_bytes       bigint not null,
    max_total_bytes    bigint not null,              -- maximum in the span; equals total_bytes in a raw sample
    by_type            jsonb not null,               -- {"regular":{"RECLAIMABLE":[records,bytes],…},…}
    fingerprint        uuid,                         -- of all records, independent of their order; null in roll-ups
    took_millis        integer,                      -- duration of the reading; null in roll-ups
    primary key (builder_id, resolution_seconds, taken_at)
);

-- Every record that was ever read, with its last known attributes.
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
    changed_at     timestamptz not null,             -- the last reading with a changed attribute
    gone_at        timestamptz,                      -- the first reading without the record; null while it exists
    gone_cause     text,                             -- GoneCause
    gone_run_id    bigint,                           -- the run that deleted it, if known
    pruned_at      timestamptz,                      -- when that run reported the deletion; the next reading should lack the record
    primary key (builder_id, record_id)
);

create index cache_record_gone on cache_record (builder_id, gone_at) where gone_at is not null;

-- Lists of existing records read these indexes in both directions. Without them, a list reads and sorts the whole table. This also happens as
-- long as the statistics are older than the first readings of many hosts. Absent times count as the earliest.
create index cache_record_live_by_size on cache_record (builder_id, size_bytes desc, record_id) where gone_at is null;
create index cache_record_live_by_size_of_all on cache_record (size_bytes desc, builder_id, record_id) where gone_at is null;
create index cache_record_live_by_type on cache_record (type, size_bytes desc, builder_id, record_id) where gone_at is null;
create index cache_record_live_by_uses on cache_record (usage_count desc, builder_id, record_id) where gone_at is null;
create index cache_record_live_by_last_use on cache_record
    (coalesce(last_used_at, '-infinity'::timestamptz) desc, builder_id, record_id) where gone_at is null;

-- The same lists of records in use, which are few.
create index cache_record_live_in_use on cache_record (size_bytes desc, builder_id, record_id) where gone_at is null and in_use;
create index cache_record_in_use_by_uses on cache_record (usage_count desc, builder_id, record_id) where gone_at is null and in_use;
create index cache_record_in_use_by_last_use on cache_record
    (coalesce(last_used_at, '-infinity'::timestamptz) desc, builder_id, record_id) where gone_at is null and in_use;
create index cache_record_in_use_by_creation on cache_record
    (coalesce(created_at, '-infinity'::timestamptz) desc, builder_id, record_id) where gone_at is null and in_use;

-- Finds old records if they are few. PostgreSQL does not use the statistics of a partial index, so their share has its own statistics.
create index cache_record_live_by_touch on cache_record (coalesce(last_used_at, created_at)) where gone_at is null;
create statistics cache_record_touch on (coalesce(last_used_at, created_at)) from cache_record;

-- Finds records with the same instruction and size, to check whether an equal record remains after a prune.
create index cache_record_alike on cache_record (builder_id, md5(description), size_bytes) where parents <> '{}';

-- A use of a record: its usage count or its last use changed between two readings.
create table record_use (
    builder_id  bigint not null references builder on delete cascade,
    record_id   text collate "C" not null,
    seen_at     timestamptz not null,
    used_at     timestamptz,                         -- as the builder reports it
    usage_count bigint not null,
    primary key (builder_id, record_id, seen_at)
);

create index record_use_by_time on record_use (builder_id, seen_at);
