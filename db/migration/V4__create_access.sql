create table app_user (
    id            bigint generated always as identity primary key,
    name          text not null unique,
    password_hash text not null,
    role          text not null,                     -- Role: VIEWER, OPERATOR, ADMIN
    created_at    timestamptz not null,
    last_seen_at  timestamptz
);

-- For scripts. Only a hash of the secret is kept; the prefix tells tokens apart in lists and logs.
create table api_token (
    id           bigint generated always as identity primary key,
    name         text not null,
    prefix       text not null unique,
    secret_hash  bytea not null unique,              -- SHA-256 of the whole token
    scopes       text[] not null,                    -- read, preview, prune, ingest, admin
    created_by   text not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

-- Who did what, when, from where.
create table audit_entry (
    id        bigint generated always as identity primary key,
    at        timestamptz not null,
    actor     text not null,
    via       text not null,                         -- password, token:<prefix>, schedule
    address   text,
    action    text not null,
    subject   text not null,
    detail    text
);
create index audit_entry_by_time on audit_entry (at desc, id desc);
