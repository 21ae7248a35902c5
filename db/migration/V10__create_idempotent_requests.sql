-- The response to a request with an Idempotency-Key is stored for a day. A repeated request gets it again.
create table idempotent_request (
    caller          text not null,                   -- 'token <prefix>' or 'user <name>'
    idempotency_key text not null,
    fingerprint     text not null,                   -- a slow, salted hash of path, query, and body. The body can contain a password.
    created_at      timestamptz not null,
    status          integer,                         -- null: the request has not ended
    location        text,
    content_type    text,
    body            text,                            -- null: the response contained a secret
    primary key (caller, idempotency_key)
);

create index idempotent_request_by_time on idempotent_request (created_at);
