-- Totals over the steps of each build, computed when its steps are stored. Figures over many builds then read a few rows per build instead of
-- tens. Code that stores steps, or changes their class, calls sum_up in the same transaction. Active builds have no totals: no figure counts
-- them, and their steps change every few seconds.

-- Steps of a class with a cache lookup.
create table build_class_sums (
    build_id            bigint not null references build on delete cascade,
    class               text not null,
    hits                integer not null,
    misses              integer not null,            -- completed steps
    missed_micros       bigint not null,
    looked_up           uuid not null,               -- digest of their identities; equal if two builds looked up the same steps
    primary key (build_id, class)
);

-- Steps by kind of work.
create table build_work_sums (
    build_id            bigint not null references build on delete cascade,
    work                text not null,               -- WorkKind
    steps               integer not null,
    summed_micros       bigint not null,             -- the sum of all durations
    lasted_micros       bigint not null,             -- the time while at least one of them ran
    primary key (build_id, work)
);

-- One row for each build with steps.
create table build_time_sums (
    build_id            bigint primary key references build on delete cascade,
    wall_micros         bigint not null,             -- from the start of the first step to the end of the last
    idle_micros         bigint not null              -- the part of it without any active step
);

-- Equals WorkKind.of.
create function work_of(kind text) returns text language sql immutable parallel safe as $$
    select case
        when kind = 'RUN' then 'EXEC'
        when kind in ('COPY', 'ADD', 'WORKDIR', 'OTHER_INSTRUCTION') then 'FILES'
        when kind = 'FROM' then 'PULL'
        when kind = 'INTERNAL' then 'OTHER'
        else kind end
$$;

-- The largest bigint if the number is larger: a log can contain any time, and no figure may prevent the storage of a build.
create function fitting(micros numeric) returns bigint language sql immutable parallel safe as $$
    select least(coalesce(micros, 0), 9223372036854775807)::bigint
$$;

-- Never negative. An interval is too short for the distance of any two times.
create function micros_between(since timestamptz, until timestamptz) returns numeric language sql stable parallel safe as $$
    select greatest(extract(epoch from until) - extract(epoch from since), 0) * 1000000
$$;

create function sum_up_classes(builds bigint[]) returns void language sql as $$
    select from build where id = any(builds) order by id for no key update;

    delete from build_class_sums where build_id = any(builds);

    insert into build_class_sums
    select build_id, class, count(*) filter (where state = 'CACHED'), count(*) filter (where state = 'DONE'),
        fitting(sum(duration_micros) filter (where state = 'DONE')), md5(string_agg(identity, ' ' order by identity))::uuid
    from build_step
    where build_id in (select id from build where id = any(builds) and state <> 'RUNNING')
        and kind in ('RUN', 'COPY', 'ADD', 'WORKDIR', 'OTHER_INSTRUCTION') and state in ('CACHED', 'DONE')
    group by build_id, class;
$$;

-- In the order of their start, each step counts with the time by which it ends after all steps before it, within its kind of work (own) and
-- within its build (added). A step without a duration, such as most cached ones, adds nothing.
create function sum_up_work(builds bigint[]) returns void language sql as $$
    select from build where id = any(builds) order by id for no key update;

    delete from build_work_sums where build_id = any(builds);
    delete from build_time_sums where build_id = any(builds);

    with step as (
        select build_id, work_of(kind) collate "C" work, duration_micros, started_at, completed_at, case
            when completed_at <= started_at or duration_micros <= 0 then null
            when duration_micros < least(micros_between(started_at, completed_at), 9e18) then completed_at - duration_micros * interval '1 microsecond'
            else started_at end began
        from build_step where build_id in (select id from build where id = any(builds) and state <> 'RUNNING')),
    beyond as (
        select build_id, work, micros_between(greatest(began, max(completed_at) over own), completed_at) own,
            micros_between(greatest(began, max(completed_at) over every), completed_at) added
        from step where began is not null and completed_at is not null
        window own as (partition by build_id, work order by began rows between unbounded preceding and 1 preceding),
            every as (partition by build_id order by began rows between unbounded preceding and 1 preceding)),
    lasted as (select build_id, work, sum(own) own, sum(added) added from beyond group by build_id, work),
    summed as (
        select build_id, work, count(*) steps, sum(duration_micros) micros, min(started_at) began, max(completed_at) ended,
            bool_or(completed_at >= started_at) known
        from step group by build_id, work),
    works as (
        insert into build_work_sums
        select build_id, work, steps, fitting(micros), fitting(own) from summed left join lasted using (build_id, work))
    insert into build_time_sums
    select build_id, fitting(wall), fitting(case when known then wall else 0 end - busy) from (
        select build_id, coalesce(micros_between(min(began), max(ended)), 0) wall, bool_or(known) known, coalesce(sum(added), 0) busy
        from summed left join lasted using (build_id, work) group by build_id) whole;
$$;

create function sum_up(builds bigint[]) returns void language sql as $$
    select sum_up_classes(builds);
    select sum_up_work(builds);
$$;
