-- The start of a policy and the deletion of a record have one name each in columns, code, JSON, and pages.
alter table prune_policy rename column next_fire_at to next_start_at;
alter table prune_policy rename column last_fire_at to last_start_at;
alter table prune_policy rename column last_fire_result to last_start_result;
alter table prune_policy_fire rename to prune_policy_start;
alter table prune_policy_start rename column fired_at to started_at;
alter table prune_pending_fire rename to prune_pending_start;
alter table prune_pending_start rename column fired_at to started_at;
alter table prune_pending_start rename column heard_at to heartbeat_at;

-- The keys of runs contain the start, so that a pending start creates no second run after the update.
update prune_run set idempotency_key = 'start' || substr(idempotency_key, 5) where idempotency_key like 'fire of policy %';

alter table cache_record rename column gone_at to missing_since;
alter table cache_record rename column gone_cause to deletion_cause;
alter table cache_record rename column gone_run_id to deleted_by_run_id;
alter index cache_record_gone rename to cache_record_missing;
update cache_record set deletion_cause = 'RUN' where deletion_cause = 'PRUNED_BY_US';

-- The result of a start and the reason of a planned deletion become codes with data. Results so far are unknown, and plans stay.
alter table prune_policy alter column last_start_result type jsonb
    using case when last_start_result is not null then '[{"code":"UNKNOWN","data":{},"skipped":[]}]'::jsonb end;
alter table prune_plan_record alter column reason drop not null;
alter table prune_plan_record alter column reason type jsonb using null;
