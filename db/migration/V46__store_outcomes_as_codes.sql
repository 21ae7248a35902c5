-- Outcomes are codes with their data (OutcomeReason, RunNote, DeletionMethod). The text is made where it is shown.
update prune_plan_record set outcome_reason = case
    when outcome_reason = 'Gone before the run began; not deleted by it' then '{"code": "MISSING", "data": {}}'
    when outcome_reason = 'In use by a running build' then '{"code": "IN_USE", "data": {}}'
    when outcome_reason = 'Shared with an image since the plan' then '{"code": "SHARED", "data": {}}'
    when outcome_reason = 'Used since the plan' then '{"code": "USED", "data": {}}'
    when outcome_reason like 'Found gone after it was handed to%' then '{"code": "UNREPORTED", "data": {}}'
    when outcome_reason like 'The builder passed it over: in use%' then '{"code": "KEPT_IN_USE", "data": {}}'
    when outcome_reason like 'The builder passed it over: shared%' then '{"code": "KEPT_SHARED", "data": {}}'
    when outcome_reason like 'The builder passed it over: a record%' then '{"code": "KEPT_FOR_CHILD", "data": {}}'
    when outcome_reason like 'Handed to the builder, which did not report it%' then '{"code": "KEPT", "data": {}}'
    when outcome_reason like 'The builder reported it gone%' then '{"code": "STILL_PRESENT", "data": {}}'
    when outcome_reason like 'Not known: handed to the builder%' then '{"code": "UNKNOWN", "data": {}}'
    when outcome_reason = 'Not reached: the run was stopped' then '{"code": "STOPPED", "data": {}}'
    when outcome_reason like 'Not reached:%' then '{"code": "BROKE_OFF", "data": {}}'
    when outcome_reason like 'Pinned since the plan: %' then jsonb_build_object('code', 'PINNED', 'data',
        jsonb_build_object('pin', substr(outcome_reason, length('Pinned since the plan: ') + 1)))::text
    when outcome_reason like 'Held by its child %, which stays' then jsonb_build_object('code', 'HELD_BY_CHILD', 'data',
        jsonb_build_object('child', rtrim(split_part(outcome_reason, ' ', 5), ',')))::text
    when outcome_reason like 'Its type changed%' then '{"code": "TYPE_CHANGED", "data": {}}'
    when outcome_reason like 'Its size changed%' then '{"code": "SIZE_CHANGED", "data": {}}'
    end
where outcome_reason is not null;

alter table prune_plan_record alter column outcome_reason type jsonb using outcome_reason::jsonb;

-- A list of notes. The text of an older run remains as it is, as the text of a problem.
alter table prune_run add column notes jsonb not null default '[]';
update prune_run set notes = jsonb_build_array(
    jsonb_build_object('code', 'ENGINE_FAILED', 'data', jsonb_build_object('problem', message)))
where message is not null;
alter table prune_run drop column message;

update prune_run set method = case when method like 'BuildKit%' then 'CONTROL' else 'HTTP_ONE_BY_ONE' end where method is not null;
