-- Hosts that report the same engine id while their caches differ. None of them is pruned until a person decides.
create table engine_conflict (
    engine_id    text primary key,
    since        timestamptz not null,
    hosts        bigint[] not null,                  -- ids of the hosts; those of hosts that were removed stay
    evidence     text not null,                      -- in words, as shown
    confirmed_at timestamptz,                        -- when a person said that they are the same engine; null: open
    confirmed_by text
);
