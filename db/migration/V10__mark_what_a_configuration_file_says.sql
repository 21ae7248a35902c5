-- Hosts and policies that come from a configuration file: its path. Null: somebody made them by hand, and may change them so.
alter table host add column config_file text;
alter table prune_policy add column config_file text;

-- Each time a configuration file was applied, whether or not it changed anything.
create table config_application (
    id         bigint generated always as identity primary key,
    applied_at timestamptz not null,
    applied_by text not null,                        -- a person, or the service itself
    file       text not null,
    hash       text not null,                        -- SHA-256 of its bytes, in hexadecimal
    changes    jsonb not null                        -- list of ConfigChange
);
