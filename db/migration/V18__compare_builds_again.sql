-- Steps of it were classed anew since it was compared with the one before it, so that it is to be compared again.
alter table build add column judge_again boolean not null default false;

create index build_to_judge on build (started_at desc, id desc) where judge_again;
