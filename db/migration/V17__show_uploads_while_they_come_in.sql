-- When a log was last heard of whose end has not come: it is still being sent, or it broke off. Null for all others.
alter table build add column heard_at timestamptz;

create index build_unfinished_uploads on build (heard_at) where heard_at is not null;
