-- One build: as a builder remembers it, or as a log that was uploaded. No build argument's value is in here.
create table build (
    id                  bigint generated always as identity primary key,
    source              text not null,               -- BuildSource: HISTORY, UPLOAD
    builder_id          bigint references builder on delete cascade,   -- null: uploaded without a host
    ref                 text collate "C",            -- the builder's own id of it; null: uploaded
    content_hash        bytea,                       -- SHA-256 of an uploaded log; null: from history
    project             text not null,
    project_known_by    text not null,               -- ProjectName.Known
    branch              text,
    revision            text,
    label               text,                        -- given with an upload
    dockerfile          text,
    target              text,
    platforms           text[] not null default '{}',
    no_cache            boolean not null default false,
    arguments           jsonb not null default '{}', -- {"NAME":"keyed digest of the value",…}
    state               text not null,               -- BuildState: RUNNING, DONE, FAILED, CANCELED, LOST
    error               text,
    started_at          timestamptz not null,        -- by the builder's clock
    ended_at            timestamptz,
    duration_millis     bigint,                      -- null: runs, or not told
    engine_steps        integer,                     -- BuildKit's own counts; null for uploads
    engine_completed    integer,
    engine_cached       integer,
    steps               integer not null default 0,
    hits                integer not null default 0,  -- of lookups: see HitRate
    lookups             integer not null default 0,
    transferred_bytes   bigint not null default 0,   -- context and Dockerfile
    pulled_bytes        bigint not null default 0,
    gaps                text[] not null default '{}',
    steps_read_at       timestamptz,                 -- null: not yet, or there is no log of it
    scenario            text,                        -- Scenario; null: not compared yet
    scenario_reason     text,
    compared_with       bigint references build on delete set null,
    missed_step         integer,                     -- number of the first step that missed; null: none
    miss_cause          text,                        -- name of the MissCause
    miss_text           text,
    cascade_steps       integer,
    cascade_millis      bigint,
    saved_millis        bigint,                      -- estimate; null: nothing is known
    unique (builder_id, ref),
    unique (content_hash)
);

create index build_by_time on build (started_at desc, id desc);
create index build_by_project on build (project, started_at desc, id desc);
create index build_running on build (builder_id) where state = 'RUNNING';

create table build_step (
    build_id            bigint not null references build on delete cascade,
    number              integer not null,
    vertex              text not null,
    name                text not null,
    kind                text not null,
    platform            text,
    stage               text,
    instruction         text not null,               -- without stage and number
    identity            text collate "C" not null,
    class               text not null,
    class_reason        text not null,
    state               text not null,
    started_at          timestamptz,
    completed_at        timestamptz,
    duration_micros     bigint,
    inputs              integer[] not null default '{}',
    transferred_bytes   bigint not null,
    error               text,
    log                 text not null,
    log_cut             boolean not null,
    primary key (build_id, number)
);

-- What a step cost when it last ran.
create index build_step_costs on build_step (identity, build_id desc) where state = 'DONE';

-- The key that values of build arguments are digested with, so that a change shows and a value does not. One row.
create table build_argument_key (
    one boolean primary key default true check (one),
    key bytea not null
);
