-- The settings of rules that differ from their defaults, or that a configuration file defines.
create table alert_rule (
    rule        text primary key,                    -- ID of the rule
    document    jsonb not null,                      -- RuleDocument
    updated_at  timestamptz not null,
    updated_by  text not null,
    config_file text                                 -- path of the configuration file that defines them; null: a user changed them
);

-- Alerts: at most one current row for each rule and subject, and earlier rows as history.
create table alert (
    id                bigint generated always as identity primary key,
    alert_key         text not null,                 -- rule and subject, stable over renames
    current           boolean not null default true,
    rule              text not null,                 -- ID of the rule
    subject_key       text not null,
    subject_name      text not null,                 -- as shown on pages
    host_id           bigint references host on delete cascade,
    policy_id         bigint references prune_policy on delete cascade,
    labels            jsonb not null,                -- of the host
    path              text not null,                 -- of the page where a user can act
    -- The course.
    state             text not null,                 -- AlertState
    severity          text not null,                 -- Severity
    since             timestamptz not null,          -- the start of this state
    held_millis       bigint not null,               -- how long the value has been beyond the threshold of the next state
    firing_since      timestamptz,
    resolved_at       timestamptz,
    reopened          integer not null,
    -- What users were notified of.
    reported_at       timestamptz,
    reported_severity text,
    for_digest        boolean not null,
    text              text not null,                 -- what the last value means
    facts             jsonb not null,                -- list of Fact
    mute              jsonb,                         -- Mute; null: it is reported
    acknowledged_by   text,
    acknowledged_at   timestamptz
);

create unique index alert_current on alert (alert_key) where current;
create index alert_by_state on alert (state, id desc);
create index alert_by_host on alert (host_id) where current;
create index alert_by_policy on alert (policy_id) where current;
create index alert_resolved on alert (resolved_at) where not current;

create table alert_silence (
    id          bigint generated always as identity primary key,
    rule        text,                                -- ID of the rule; null: every rule
    scope       text not null,                       -- LabelSelector; empty: every host
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    reason      text not null,
    created_by  text not null,
    created_at  timestamptz not null,
    check (ends_at > starts_at)
);

create index alert_silence_by_end on alert_silence (ends_at);

-- One row: the last evaluation, which also is the lock of evaluations, and the quiet hours.
create table alert_evaluation (
    only_row     boolean primary key default true check (only_row),
    evaluated_at timestamptz,
    quiet_hours  text,                               -- DayWindow; null: none
    quiet_zone   text not null default 'UTC'
);
