-- All times are UTC instants. All sizes are bytes.

-- A monitored host.
create table host (
    id                    bigint generated always as identity primary key,
    name                  text not null unique,
    name_key              text,                      -- the name without case and variants of letters; unique
    kind                  text not null,             -- HostKind
    address               text not null,             -- unix:///…, tcp://…, or tls://…
    tls_ca                text,                      -- paths on the machine of Cachewarden; all three or none
    tls_certificate       text,
    tls_key               text,
    labels                jsonb not null default '{}',
    poll_interval_seconds integer not null check (poll_interval_seconds between 5 and 86400),
    enabled               boolean not null default true,
    created_at            timestamptz not null,
    config_file           text,                      -- path of the configuration file that defines it; null: a user added it
    version               integer not null default 0,
    -- The result of the last successful probe. A prune checks engine_id before it deletes.
    engine_id             text,
    capabilities          jsonb,                     -- HostCapabilities
    -- Written only when the state changes, not by each poll.
    reachability          text not null default 'UNKNOWN',
    reachability_since    timestamptz not null,
    trouble_cause         text,                      -- Trouble.Cause, while the host is unreachable
    trouble_message       text,
    -- The source of the free disk space, and its last result. Written by each measurement.
    free_disk_from        text,                      -- DiskSource; null: the local file system, if accessible
    free_disk_key         text,                      -- path of the private key for ssh://
    disk_taken_at         timestamptz,
    disk_total_bytes      bigint,                    -- both sizes are null if unknown
    disk_free_bytes       bigint,
    disk_problem          text,                      -- why the sizes are unknown
    check ((tls_ca is null) = (tls_certificate is null) and (tls_ca is null) = (tls_key is null)),
    check (free_disk_key is null or free_disk_from is not null),
    check ((disk_total_bytes is null) = (disk_free_bytes is null)),
    check (disk_taken_at is null or (disk_total_bytes is null) <> (disk_problem is null))
);

create index host_engine_id on host (engine_id);
create unique index host_by_name_key on host (name_key);

-- A builder of a host with its own cache. The builder of an engine or a buildkitd is named "default".
create table builder (
    id         bigint generated always as identity primary key,
    host_id    bigint not null references host on delete cascade,
    name       text not null,
    driver     text not null,                        -- as in buildx: docker, remote
    created_at timestamptz not null,
    unique (host_id, name)
);

-- Hosts that report the same engine ID although their caches differ. No prune runs on them until a user decides.
create table engine_conflict (
    engine_id    text primary key,
    since        timestamptz not null,
    hosts        bigint[] not null,                  -- IDs of hosts, including removed ones
    evidence     text not null,                      -- as shown on pages
    confirmed_at timestamptz,                        -- when a user confirmed that they are one engine; null: open
    confirmed_by text
);

-- The replica that performs a task. It holds the lease until it expires, and renews it in time.
create table lease (
    name       text primary key,
    holder     text not null,
    expires_at timestamptz not null
);
