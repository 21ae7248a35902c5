-- A scheduled fire between its claim and the last of its runs. A replica that works on it says so; if it falls silent, another one goes on.
create table prune_pending_fire (
    policy_id bigint primary key references prune_policy on delete cascade,
    fired_at  timestamptz not null,                  -- names the fire: its runs have it in their idempotency key
    heard_at  timestamptz not null,
    attempts  integer not null default 1
);
