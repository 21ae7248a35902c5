-- Lists of records of one type in the order of size, which walk this index either way. Without it they read and sort the whole table, as long
-- as its statistics are from before the first readings of a fleet.
create index cache_record_live_by_type on cache_record (type, size_bytes desc, builder_id, record_id) where gone_at is null;

-- The same in the order of last use; absent times are the earliest.
create index cache_record_live_by_last_use on cache_record
    (coalesce(last_used_at, '-infinity'::timestamptz) desc, builder_id, record_id) where gone_at is null;

-- Few records are in use.
create index cache_record_live_in_use on cache_record (size_bytes desc, builder_id, record_id) where gone_at is null and in_use;
