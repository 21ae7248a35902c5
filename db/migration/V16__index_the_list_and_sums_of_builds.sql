-- What sums over many builds need of their steps, beside and not among names, logs and inputs: a tenth of the table.
create index build_step_sums on build_step (build_id, kind, state, class) include (duration_micros, identity);

-- Few builds import or export a cache.
create index build_step_cache_transfers on build_step (build_id) where kind in ('CACHE_IMPORT', 'CACHE_EXPORT');

-- The list: those that run first, then the latest first.
create index build_in_list on build ((state = 'RUNNING') desc, started_at desc, id desc);
