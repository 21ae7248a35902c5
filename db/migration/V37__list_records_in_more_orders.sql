-- Lists of records in the orders that V30 left out, which walk these either way. Without them each such list reads and sorts the whole table.
create index cache_record_live_by_uses on cache_record (usage_count desc, builder_id, record_id) where gone_at is null;

-- The same among the few records that are in use.
create index cache_record_in_use_by_last_use on cache_record
    (coalesce(last_used_at, '-infinity'::timestamptz) desc, builder_id, record_id) where gone_at is null and in_use;
create index cache_record_in_use_by_uses on cache_record (usage_count desc, builder_id, record_id) where gone_at is null and in_use;
create index cache_record_in_use_by_creation on cache_record
    (coalesce(created_at, '-infinity'::timestamptz) desc, builder_id, record_id) where gone_at is null and in_use;

-- Where few records are old enough, they are found here instead of in the order of the list. Statistics of a partial index do not count, so
-- the share of those records is estimated by statistics of their own.
create index cache_record_live_by_touch on cache_record (coalesce(last_used_at, created_at)) where gone_at is null;
create statistics cache_record_touch on (coalesce(last_used_at, created_at)) from cache_record;
