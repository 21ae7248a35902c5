-- The columns, the keys of stored documents, and the stored codes get the names of the terms that pages and documentation use.
alter table prune_plan rename column ceiling_bytes to limit_per_run_bytes;
alter table prune_run rename column cancelled_by to canceled_by;
alter table prune_run rename column cancelled_token to canceled_token;
alter table prune_run rename column cancelled_address to canceled_address;
alter table build rename column heard_at to last_data_at;
alter index build_by_regretted_run rename to build_by_deleting_run;

update prune_run set trigger = 'WATERMARK' where trigger = 'THRESHOLD';
update prune_run_group set trigger = 'WATERMARK' where trigger = 'THRESHOLD';
update host set capabilities = replace(capabilities::text, '"SWITCHED_OFF"', '"DISABLED"')::jsonb where capabilities is not null;
update prune_plan set kept_reasons = (kept_reasons - 'CEILING_REACHED') || jsonb_build_object('LIMIT_PER_RUN_REACHED', kept_reasons -> 'CEILING_REACHED')
    where jsonb_exists(kept_reasons, 'CEILING_REACHED');
update prune_policy set document = (document - 'ceiling') || jsonb_build_object('limitPerRun', document -> 'ceiling')
    where jsonb_exists(document, 'ceiling');
update prune_policy_version set document = (document - 'ceiling') || jsonb_build_object('limitPerRun', document -> 'ceiling')
    where jsonb_exists(document, 'ceiling');
update prune_policy_draft set document = (document - 'ceiling') || jsonb_build_object('limitPerRun', document -> 'ceiling')
    where jsonb_exists(document, 'ceiling');
