-- PolicyDocument is the format of a policy in REST and in configuration files. The tables now store it too, in one column.
create function pg_temp.rules(rules jsonb) returns jsonb language sql as $$
    select coalesce(jsonb_agg(rule - array['unusedForSeconds', 'maxUsedSpaceBytes', 'reservedSpaceBytes'] || jsonb_strip_nulls(
        jsonb_build_object('unusedFor', 'PT' || (rule ->> 'unusedForSeconds') || 'S', 'maxUsedSpace', rule -> 'maxUsedSpaceBytes',
            'reservedSpace', rule -> 'reservedSpaceBytes')) order by number), '[]')
    from jsonb_array_elements(rules) with ordinality as rules (rule, number)
$$;

create function pg_temp.guards(guards jsonb) returns jsonb language sql as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'waitForBuilds', 'PT' || (guards ->> 'waitForBuildsSeconds') || 'S',
        'stopAfterFailures', guards -> 'stopAfterFailures',
        'batchSize', guards -> 'batchSize',
        'pauseBetweenBatches', 'PT' || trim_scale((guards ->> 'pauseBetweenBatchesMillis')::numeric / 1000) || 'S'))
$$;

create function pg_temp.document(policy jsonb) returns jsonb language sql as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'name', policy -> 'name', 'mode', policy -> 'mode', 'enabled', policy -> 'enabled', 'scope', policy -> 'scope',
        'priority', policy -> 'priority', 'rules', pg_temp.rules(policy -> 'rules'), 'pins', policy -> 'pins',
        'cron', policy -> 'cron', 'timeZone', policy -> 'time_zone',
        'watermark', case when policy ->> 'watermark_of' is not null then jsonb_build_object(
            'of', policy -> 'watermark_of', 'start', policy -> 'watermark_start', 'stop', policy -> 'watermark_stop') end,
        'afterBuilds', policy -> 'after_builds', 'window', policy -> 'day_window',
        'ceiling', jsonb_build_object('maxBytes', policy -> 'max_run_bytes', 'maxShare', policy -> 'max_run_share'),
        'approveAbove', policy -> 'approve_above_bytes', 'guards', pg_temp.guards(policy -> 'guards')))
$$;

alter table prune_policy add column document jsonb;            -- PolicyDocument
update prune_policy policy set document = pg_temp.document(to_jsonb(policy));
alter table prune_policy
    alter column document set not null,
    drop column name, drop column mode, drop column enabled, drop column scope, drop column priority, drop column rules,
    drop column pins, drop column cron, drop column time_zone, drop column watermark_of, drop column watermark_start,
    drop column watermark_stop, drop column after_builds, drop column day_window, drop column max_run_bytes,
    drop column max_run_share, drop column approve_above_bytes, drop column guards;
alter table prune_policy
    add column name text not null unique generated always as (document ->> 'name') stored,
    add column enabled boolean not null generated always as ((document ->> 'enabled')::boolean) stored;
create index prune_policy_due on prune_policy (next_fire_at) where enabled and next_fire_at is not null;

alter table prune_policy_version rename column content to document;
update prune_policy_version set document = pg_temp.document(document);

alter table prune_policy_draft rename column input to document;
update prune_policy_draft set document = document - 'when' || jsonb_build_object(
    'cron', document -> 'when' -> 'cron', 'timeZone', document -> 'when' -> 'timeZone',
    'watermark', jsonb_build_object('of', document -> 'when' -> 'watermarkOf', 'start', document -> 'when' -> 'watermarkStart',
        'stop', document -> 'when' -> 'watermarkStop'),
    'afterBuilds', document -> 'when' -> 'afterBuilds', 'window', document -> 'when' -> 'window')
where document ? 'when';

update prune_plan set rules = pg_temp.rules(rules), guards = pg_temp.guards(guards);
