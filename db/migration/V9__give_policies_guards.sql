-- How gently runs of a policy go about it: RunGuards, as on prune_plan; what is absent is as the service's settings have it.
-- Versions saved before have no such key, which is read as none.
alter table prune_policy add column guards jsonb not null default '{}';
