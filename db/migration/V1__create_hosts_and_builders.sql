-- The hosts we watch. Times are UTC instants throughout; sizes are bytes.
create table host (
    id                    bigint generated always as identity primary key,
    name                  text not null unique,
    kind                  text not null,             -- HostKind
    address               text not null,             -- unix:///… or tcp://…
    tls_ca                text,                      -- paths on the machine Cachewarden runs on; all three or none
    tls_certificate       text,
    tls_key               text,
    labels                jsonb not null default '{}',
    poll_interval_seconds integer not null check (poll_interval_seconds between 5 and 86400),
    enabled               boolean not null default true,
    created_at            timestamptz not null,
    -- What the last successful probe found. engine_id is what destructive calls are checked against.
    engine_id             text,
    capabilities          jsonb,                     -- HostCapabilities
    -- Changes of state only; an ordinary poll writes nothing here.
    reachability          text not null default 'UNKNOWN',
    reachability_since    timestamptz not null,
    trouble_cause         text,                      -- Trouble.Cause, set while UNREACHABLE
    trouble_message       text,
    version               integer not null default 0,
    check ((tls_ca is null) = (tls_certificate is null) and (tls_ca is null) = (tls_key is null))
);

create index host_engine_id on host (engine_id);

-- A cache of its own on a host. An engine has one called "default"; so has a buildkitd.
create table builder (
    id         bigint generated always as identity primary key,
    host_id    bigint not null references host on delete cascade,
    name       text not null,
    driver     text not null,                        -- in buildx's words: docker, remote
    created_at timestamptz not null,
    unique (host_id, name)
);
