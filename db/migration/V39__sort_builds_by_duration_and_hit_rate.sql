-- The list by duration and by hit rate, in both directions. The list goes through known values first, then through unknown ones.
create index build_by_duration on build (duration_millis, id);

-- The expression is that of BuildListRows. The hit rate of a running build may still change.
create index build_by_hit_rate on build ((case when state <> 'RUNNING' and lookups > 0 then hits::float8 / lookups end), id);
