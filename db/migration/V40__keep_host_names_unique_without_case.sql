-- The name of a host as it counts for uniqueness: without regard to case and to forms of the same letter. The service writes it.
-- Hosts whose names already differ in case only keep their names: the oldest gets the key, and the others have none until they are renamed.
alter table host add column name_key text;

update host set name_key = lower(name)
where not exists (select from host older where lower(older.name) = lower(host.name) and older.id < host.id);

create unique index host_by_name_key on host (name_key);
