-- A build may outlive the one it was compared with, which is noticed when old builds are deleted. The constraint had every comparison and
-- every deletion lock a second build, and a deletion read the whole table for each.
alter table build drop constraint build_compared_with_fkey;
