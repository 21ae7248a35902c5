create table prune_policy (
    id               bigint generated always as identity primary key,
    document         jsonb not null,                 -- PolicyDocument, the format of REST and configuration files
    name             text not null unique generated always as (document ->> 'name') stored,
    enabled          boolean not null generated always as ((document ->> 'enabled')::boolean) stored,
    version          integer not null default 1,     -- increases with each change; plans refer to it
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    config_file      text,                           -- path of the configuration file that defines it; null: a user added it
    next_fire_at     timestamptz,                    -- the next scheduled start; a replica claims it by changing this time
    last_fire_at     timestamptz,
    last_fire_result text                            -- its result, as shown on pages
);

create index prune_policy_due on prune_policy (next_fire_at) where enabled and next_fire_at is not null;

-- Every version of a policy.
create table prune_policy_version (
    policy_id  bigint not null references prune_policy on delete cascade,
    version    integer not null,
    document   jsonb not null,
    saved_at   timestamptz not null,
    saved_by   text,
    primary key (policy_id, version)
);

-- A saved change of a policy that is not in effect. A policy has at most one.
create table prune_policy_draft (
    policy_id    bigint primary key references prune_policy on delete cascade,
    base_version integer not null,                   -- the version that the draft changes
    document     jsonb not null,
    saved_at     timestamptz not null,
    saved_by     text not null
);

-- The last start of a policy on an engine because of a reading. Only one replica starts it, and not again for ten minutes.
create table prune_policy_fire (
    policy_id bigint not null references prune_policy on delete cascade,
    engine_id text not null,
    fired_at  timestamptz not null,
    primary key (policy_id, engine_id)
);

-- A scheduled start from its claim until its last run exists. If the replica stops writing heard_at, another replica continues.
create table prune_pending_fire (
    policy_id bigint primary key references prune_policy on delete cascade,
    fired_at  timestamptz not null,                  -- identifies the start: the idempotency keys of its runs contain it
    heard_at  timestamptz not null,
    attempts  integer not null default 1
);

-- A filter that applies to every plan, independent of policy and user.
create table prune_pin (
    id          bigint generated always as identity primary key,
    filter      text not null unique,                -- in the syntax of Filter
    note        text not null default '',            -- the reason, as the user wrote it
    created_by  text not null,
    created_at  timestamptz not null,
    config_file text                                 -- path of the configuration file that defines it; null: a user added it
);
