-- The run of ours that deleted the record for which a build's first step missed; null: none did, or it is not known. It stays when the run
-- is forgotten.
alter table build add column miss_run_id bigint;

-- Till now it stood in the words only.
update build set miss_run_id = cast(substring(miss_text from 'deleted by run ([0-9]{1,18}),') as bigint)
where miss_cause = 'RecordPruned';

create index build_by_regretted_run on build (miss_run_id, started_at) where miss_run_id is not null;

-- What fetches a cache and hands one out has classes of its own now.
update build_step set class = kind where kind in ('CACHE_IMPORT', 'CACHE_EXPORT');
