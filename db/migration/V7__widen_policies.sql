-- The scope is a selector now, in the form people write it: env=ci,team!=ml. Empty: every host.
alter table prune_policy add column selector text not null default '';
update prune_policy set selector = coalesce(
    (select string_agg(key || '=' || value, ',' order by key) from jsonb_each_text(scope)), '');
alter table prune_policy drop column scope;
alter table prune_policy rename column selector to scope;

-- Which policy prunes a host that several cover: the one with the higher number; of equals the older one.
alter table prune_policy add column priority integer not null default 0;

-- What sets it off besides its cron, and when it may begin.
alter table prune_policy add column watermark_of text;    -- Watermark.Of: CACHE or FREE_DISK; null: no watermark
alter table prune_policy add column watermark_start text; -- Space, as written: bytes or per cent of the disk
alter table prune_policy add column watermark_stop text;
alter table prune_policy add column after_builds boolean not null default false;
alter table prune_policy add column day_window text;      -- 22:00-06:00 in its time zone; null: at any time
alter table prune_policy add check ((watermark_of is null) = (watermark_start is null)
    and (watermark_of is null) = (watermark_stop is null));

-- Every save of a policy. The content is the row of prune_policy without what is not the people's doing.
create table prune_policy_version (
    policy_id  bigint not null references prune_policy on delete cascade,
    version    integer not null,
    content    jsonb not null,
    saved_at   timestamptz not null,
    saved_by   text,                                      -- null: saved before that was kept
    primary key (policy_id, version)
);
insert into prune_policy_version (policy_id, version, content, saved_at)
select p.id, p.version,
    to_jsonb(p) - array['id', 'version', 'next_fire_at', 'last_fire_at', 'last_fire_result', 'created_at', 'updated_at'],
    p.updated_at
from prune_policy p;
