-- A build, from the history of a builder or from an uploaded log. The values of build arguments are never stored.
create table build (
    id                  bigint generated always as identity primary key,
    source              text not null,               -- BuildSource
    builder_id          bigint references builder on delete cascade, -- null: uploaded without a host
    ref                 text collate "C",            -- the ID that BuildKit gave the build; null: uploaded
    content_hash        bytea,                       -- SHA-256 of the uploaded log; null: from the history of a builder
    project             text not null,
    project_known_by    text not null,               -- ProjectName.Known
    branch              text,
    revision            text,
    label               text,                        -- from the upload
    dockerfile          text,
    target              text,
    platforms           text[] not null default '{}',
    no_cache            boolean not null default false,
    arguments           jsonb not null default '{}', -- {"NAME":"keyed digest of the value",…}
    state               text not null,               -- BuildState
    error               text,
    started_at          timestamptz not null,        -- by the clock of the builder
    ended_at            timestamptz,
    duration_millis     bigint,                      -- null: active, or unknown
    heard_at            timestamptz,                 -- when an unfinished upload last sent data; null for all others
    engine_steps        integer,                     -- counts of BuildKit; null for uploads
    engine_completed    integer,
    engine_cached       integer,
    steps               integer not null default 0,
    hits                integer not null default 0,
    lookups             integer not null default 0,
    transferred_bytes   bigint not null default 0,   -- build context and Dockerfile
    pulled_bytes        bigint not null default 0,
    gaps                text[] not null default '{}',
    steps_read_at       timestamptz,                 -- null: not read yet, or no log exists
    -- The comparison with an earlier build, which can be deleted later: therefore no foreign key.
    compared_with       bigint,
    judge_again         boolean not null default false, -- whether its steps have new classes, so that it must be compared again
    scenario            text,                        -- Scenario; null: not compared yet
    scenario_reason     text,
    missed_step         integer,                     -- number of the first step that missed; null: none
    missed_instruction  text,
    miss_cause          text,                        -- MissCause.Kind
    miss_text           text,
    miss_run_id         bigint,                      -- the run that deleted the record; null: none, or unknown. It can be deleted later.
    cascade_steps       integer,
    cascade_millis      bigint,
    saved_millis        bigint,                      -- estimate; null: unknown
    unique (builder_id, ref),
    unique (content_hash)
);

create index build_by_time on build (started_at desc, id desc);
create index build_by_project on build (project, started_at desc, id desc);
create index build_running on build (builder_id) where state = 'RUNNING';
create index build_unfinished_uploads on build (heard_at) where heard_at is not null;
create index build_to_judge on build (started_at desc, id desc) where judge_again;
create index build_by_regretted_run on build (miss_run_id, started_at) where miss_run_id is not null;

-- The list of builds: active builds first, then the latest.
create index build_in_list on build ((state = 'RUNNING') desc, started_at desc, id desc);

-- The list by duration and by hit rate, in both directions: first known values, then unknown ones. The expression equals that of BuildListRows.
create index build_by_duration on build (duration_millis, id);
create index build_by_hit_rate on build ((case when state <> 'RUNNING' and lookups > 0 then hits::float8 / lookups end), id);

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

-- The last known duration of a step.
create index build_step_costs on build_step (identity, build_id desc) where state = 'DONE';

-- The columns that totals over many builds need, without names, logs, and inputs: a tenth of the table.
create index build_step_sums on build_step (build_id, kind, state, class) include (duration_micros, identity);

-- The steps that missed, to find the most expensive ones: a third of all steps.
create index build_step_misses on build_step (build_id) include (identity, duration_micros)
where state = 'DONE' and kind in ('RUN', 'COPY', 'ADD', 'WORKDIR', 'OTHER_INSTRUCTION');

-- Few builds import or export a cache.
create index build_step_cache_transfers on build_step (build_id) where kind in ('CACHE_IMPORT', 'CACHE_EXPORT');

-- The key for the digests of build arguments. A digest shows a change and not the value. One row.
create table build_argument_key (
    one boolean primary key default true check (one),
    key bytea not null
);

-- Builds that a user deleted. If a builder reports them again, they are not stored again.
create table deleted_build (
    builder_id bigint not null references builder on delete cascade,
    ref        text not null,                        -- the ID that BuildKit gave the build
    started_at timestamptz not null,                 -- of the build; the row is deleted when an old build would be
    primary key (builder_id, ref)
);

-- The step rules of a project, which apply before the built-in rules.
create table project_step_rules (
    project  text collate "C" primary key,
    rules    text not null,                          -- YAML, as the user wrote it
    saved_at timestamptz not null,
    saved_by text not null
);
