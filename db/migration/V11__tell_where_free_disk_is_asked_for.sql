-- Who is asked for a host's free disk, and what was last said. Written with each measurement, unlike the rest of the row.
alter table host
    add column free_disk_from   text,         -- DiskSource; null: the local file system, where it can be seen
    add column free_disk_key    text,         -- path of the private key, on the machine Cachewarden runs on; of ssh:// only
    add column disk_taken_at    timestamptz,
    add column disk_total_bytes bigint,       -- both null: not known
    add column disk_free_bytes  bigint,
    add column disk_problem     text,         -- why it is not known
    add check (free_disk_key is null or free_disk_from is not null),
    add check ((disk_total_bytes is null) = (disk_free_bytes is null)),
    add check (disk_taken_at is null or (disk_total_bytes is null) <> (disk_problem is null));

-- The disk that a plan was worked out for; all null where none of its rules speaks of it.
alter table prune_plan
    add column disk_taken_at    timestamptz,
    add column disk_total_bytes bigint,
    add column disk_free_bytes  bigint,
    add column disk_problem     text;
