-- Sign-ins of browsers. They survive a restart and hold on every replica. The value of the cookie is kept as a hash only.
create table login_session (
    secret_hash  bytea primary key,
    user_name    text not null references app_user (name) on delete cascade,
    fingerprint  text not null,                      -- of role and password at the sign-in; the session ends when they change
    created_at   timestamptz not null,
    last_used_at timestamptz not null                -- exact to a minute
);
create index login_session_by_user on login_session (user_name, created_at);
create index login_session_by_use on login_session (last_used_at);

-- Browsers in which an account signed in before. Failures elsewhere do not slow them down.
create table login_device (
    secret_hash  bytea primary key,
    user_name    text not null references app_user (name) on delete cascade,
    last_used_at timestamptz not null
);
create index login_device_by_user on login_device (user_name, last_used_at);

-- A token never has more rights than the account it belongs to, and than the token that created it.
alter table api_token add column owner text;         -- an account; null: unknown, and the token is not accepted
alter table api_token add column parent bigint references api_token (id);

update api_token set owner = created_by where created_by in (select name from app_user);

-- Of tokens that tokens created only the name of the creator is known. They get its account where only one fits.
with recursive made as (
    select id, name, owner from api_token where owner is not null
    union
    select child.id, child.name, made.owner
    from api_token child join made on child.owner is null and child.created_by = 'token ' || made.name
), single as (
    select id, min(owner) as owner from made group by id having count(distinct owner) = 1
)
update api_token token set owner = single.owner from single where single.id = token.id and token.owner is null;
