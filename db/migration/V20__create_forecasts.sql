-- The growth of a cache in an hour, without its drops.
create table cache_growth (
    builder_id  bigint not null references builder on delete cascade,
    hour        timestamptz not null,                -- its start
    grown_bytes bigint not null,
    readings    integer not null,
    spread      boolean not null,                    -- whether a part comes from a gap between readings
    primary key (builder_id, hour)
);

-- The last reading that cache_growth contains.
create table cache_growth_progress (
    builder_id  bigint primary key references builder on delete cascade,
    read_at     timestamptz,                         -- null before the first reading
    total_bytes bigint
);

-- The use of a host's disk over time, about once an hour.
create table disk_level (
    host_id     bigint not null references host on delete cascade,
    taken_at    timestamptz not null,
    total_bytes bigint not null,
    free_bytes  bigint not null,
    cache_bytes bigint not null,                     -- all caches of the host, from their last readings
    primary key (host_id, taken_at)
);

-- The last forecast for the disk of each host.
create table disk_forecast (
    host_id     bigint primary key references host on delete cascade,
    made_at     timestamptz not null,
    total_bytes bigint,                              -- null if the disk was unknown
    free_bytes  bigint,
    forecast    jsonb not null
);

-- One forecast of each day, to compare it with what happened.
create table disk_forecast_check (
    host_id     bigint not null references host on delete cascade,
    made_at     timestamptz not null,
    free_bytes  bigint not null,
    rest_bytes  bigint not null,                     -- used space apart from the cache
    p5_seconds  bigint not null,
    p95_seconds bigint,                              -- null if the range has no end
    outcome     text,                                -- null while it is open
    primary key (host_id, made_at)
);
