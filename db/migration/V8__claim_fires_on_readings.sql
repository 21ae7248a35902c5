-- When a policy last began on an engine because of a reading: of several replicas one does, and not again within ten minutes.
create table prune_policy_fire (
    policy_id bigint not null references prune_policy on delete cascade,
    engine_id text not null,
    fired_at  timestamptz not null,
    primary key (policy_id, engine_id)
);
