-- Each time the configuration file was applied, even without a change.
create table config_application (
    id         bigint generated always as identity primary key,
    applied_at timestamptz not null,
    applied_by text not null,                        -- a user, or the service
    file       text not null,
    hash       text not null,                        -- SHA-256 of its bytes, in hexadecimal
    changes    jsonb not null                        -- list of ConfigChange
);
