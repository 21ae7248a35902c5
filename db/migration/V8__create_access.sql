create table app_user (
    id            bigint generated always as identity primary key,
    name          text not null unique,
    password_hash text not null,
    role          text not null,                     -- Role
    created_at    timestamptz not null,
    last_seen_at  timestamptz
);

-- Only the hash of a token is stored. The prefix identifies it in lists and logs.
create table api_token (
    id           bigint generated always as identity primary key,
    name         text not null,
    prefix       text not null unique,
    secret_hash  bytea not null unique,              -- SHA-256 of the whole token
    scopes       text[] not null,                    -- Scope
    -- A token never has more rights than its account, and than the token that created it.
    owner        text,                               -- the account; null: the token is not accepted
    parent       bigint references api_token (id),
    created_by   text not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

-- A session of a browser. It survives a restart and is valid on every replica. Only the hash of the cookie is stored.
create table login_session (
    secret_hash  bytea primary key,
    user_name    text not null references app_user (name) on delete cascade,
    fingerprint  text not null,                      -- of role and password; the session ends when one of them changes
    created_at   timestamptz not null,
    last_used_at timestamptz not null                -- accurate to a minute
);

create index login_session_by_user on login_session (user_name, created_at);
create index login_session_by_use on login_session (last_used_at);

-- A browser that signed in before. Failed sign-ins of other browsers do not delay it.
create table login_device (
    secret_hash  bytea primary key,
    user_name    text not null references app_user (name) on delete cascade,
    last_used_at timestamptz not null
);

create index login_device_by_user on login_device (user_name, last_used_at);

create table audit_entry (
    id        bigint generated always as identity primary key,
    at        timestamptz not null,
    actor     text not null,
    via       text not null,                         -- password, token:<prefix>, or schedule
    address   text,
    action    text not null,
    subject   text not null,
    detail    text
);

create index audit_entry_by_time on audit_entry (at desc, id desc);
