-- A destination of notifications, and the state of its delivery. Only one replica at a time sends through a channel.
create table notification_channel (
    id             bigint generated always as identity primary key,
    name           text not null,
    type           text not null,                    -- ChannelType
    enabled        boolean not null,
    least_severity text not null,                    -- Severity
    labels         jsonb not null,                   -- a notification must have all of them
    settings       jsonb not null,                   -- by name. Some are secret, so no response contains this column.
    config_file    text,                             -- null: users manage it
    changed_at     timestamptz not null,
    changed_by     text not null,
    -- The delivery.
    owner          uuid,                             -- the claim of the replica that sends
    owned_until    timestamptz,                      -- then another replica takes over
    failures       integer not null default 0,       -- since the last success
    next_at        timestamptz,                      -- no attempt before this time
    tokens         double precision not null default 5, -- messages that can be sent at once
    tokens_at      timestamptz,                      -- the time of this number
    broken_since   timestamptz,
    problem        text,                             -- of the last attempt, without secrets
    last_sent_at   timestamptz
);

create unique index notification_channel_by_name on notification_channel (lower(name));

-- A notification for one channel.
create table notification_outbox (
    channel_id bigint not null references notification_channel on delete cascade,
    position   bigint generated always as identity,  -- the order within the channel
    id         uuid not null,
    key        text not null,
    kind       text not null,                        -- Notification.Kind
    content    jsonb not null,                       -- Notification
    created_at timestamptz not null,
    due_at     timestamptz not null,
    state      text not null default 'PENDING',      -- PENDING, SENT, FAILED, or DROPPED
    delivery   uuid,                                 -- the message that contains it, once an attempt began
    ended_at   timestamptz,
    problem    text,
    primary key (channel_id, id)
);

create index notification_outbox_pending on notification_outbox (channel_id, position) where state = 'PENDING';
create index notification_outbox_ended on notification_outbox (ended_at) where ended_at is not null;

-- A firing notification that a channel delivered, until it delivers the resolved one.
create table notification_open (
    channel_id   bigint not null references notification_channel on delete cascade,
    key          text not null,
    delivered_at timestamptz not null,
    primary key (channel_id, key)
);
