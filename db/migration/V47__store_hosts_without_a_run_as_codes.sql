-- The reason is a NoRun: a code with its data. The text of an older one remains as it is, as the text of a problem.
update prune_run_group set without_run = (
    select coalesce(jsonb_agg(jsonb_build_object('host', host -> 'host', 'why', case
        when (host ->> 'nothing')::boolean then '{"code": "NOTHING_TO_DELETE", "data": {}}'::jsonb
        else jsonb_build_object('code', 'REFUSED', 'data', jsonb_build_object('problem', host -> 'reason')) end) order by number), '[]')
    from jsonb_array_elements(without_run) with ordinality as hosts (host, number));
