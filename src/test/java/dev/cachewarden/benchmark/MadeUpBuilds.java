package dev.cachewarden.benchmark;

import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.testing.TestDatabase;

/** Builds made up in the database in bulk: they differ by projects, days, states and steps as those of a busy team do. */
final class MadeUpBuilds {

    private MadeUpBuilds() {}

    /**
     * Builds evenly over the last days, of projects and builders in turn. Of the steps two in three are cached; one in eight builds does not
     * end well.
     *
     * @param builders how many of those that there are have builds
     */
    static void add(TestDatabase database, int builds, int projects, int days, int steps, int builders) {
        database.jdbc().update("""
                insert into build (source, builder_id, ref, project, project_known_by, branch, revision, dockerfile, platforms, state,
                    error, started_at, ended_at, duration_millis, steps, hits, lookups, transferred_bytes, pulled_bytes, steps_read_at,
                    scenario, scenario_reason, missed_step, miss_cause, miss_text, cascade_steps, cascade_millis, saved_millis)
                select 'HISTORY', (select array_agg(id order by id) from (select id from builder order by id limit ?) b)[1 + n % ?],
                    md5('ref' || n), 'team-' || n % ? % 7 || '/project-' || n % ?, 'GIVEN', (array['main', 'main', 'feature/' || n % 40])[1 + n % 3],
                    md5('revision' || n), 'Dockerfile', '{linux/amd64}',
                    case when n / 5 % 8 = 0 then 'FAILED' else 'DONE' end,
                    case when n / 5 % 8 = 0 then 'process "/bin/sh -c make ' || n % 50 || '" did not complete successfully: exit code: 1' end,
                    began, began + make_interval(secs => 20 + n % 300), 1000 * (20 + n % 300), ?, 18, 27, 1000000 + n % 1000 * 1000, 0, began,
                    (array['CODE_CHANGED', 'CODE_CHANGED', 'CODE_CHANGED', 'DEPENDENCIES_CHANGED', 'DOCKERFILE_CHANGED', 'UNCHANGED'])[1 + n / 7 % 6],
                    'Because of what missed first.', 9, 'INPUT_CHANGED', 'Files that it takes from the build context changed.', 8, 9000, 60000
                from (select n, now() - make_interval(secs => 86400.0 * ? * (1 - n / ?)) as began from generate_series(1, ?) n) made
                order by n""", builders, builders, projects, projects, steps, days, (double) builds, builds);
        database.jdbc().update("""
                insert into build_step (build_id, number, vertex, name, kind, platform, stage, instruction, identity, class, class_reason,
                    state, started_at, completed_at, duration_micros, inputs, transferred_bytes, error, log, log_cut)
                select b.id, k, 'sha256:' || md5(b.id || '-' || k) || md5(k || '-' || b.id), '[app ' || k || '/' || b.steps || '] ' || instruction,
                    kind, null, 'app', instruction, left(md5(b.project || instruction), 16), class, 'By its instruction.',
                    case when cached then 'CACHED' when b.state = 'FAILED' and k = b.steps - 1 then 'FAILED' else 'DONE' end, b.started_at,
                    b.started_at + make_interval(secs => 3), case when cached then 0 else 1000000 + (b.id * 7919 + k * 104729) % 9000000 end,
                    case when k = 1 then '{}'::int[] else array[k - 1] end, 0, null, repeat('#7 0.312 fetching, building, linking' || chr(10), 12),
                    false
                from build b
                    cross join lateral generate_series(1, b.steps) k
                    cross join lateral (select
                        k > 3 and k < b.steps and (b.id * 31 + k * 17) % 3 <> 0 as cached,
                        case when k <= 2 then 'METADATA' when k = 3 then 'TRANSFER' when k = b.steps then 'EXPORT' when k % 3 = 0 then 'COPY'
                            else 'RUN' end as kind,
                        case when k <= 2 then 'INTERNAL' when k = 3 then 'TRANSFER' when k = b.steps then 'EXPORT'
                            else (array['SYSTEM_PACKAGES', 'LANGUAGE_PACKAGES', 'COMPILE', 'APPLICATION_CODE'])[1 + k % 4] end as class,
                        case when k % 3 = 0 then 'COPY dir-' || k || ' /app/dir-' || k
                            else 'RUN make part-' || k || ' of-' || right(b.project, 2)
                                || case when k = 10 then ' revision-' || b.id % 200 else '' end end as instruction) said
                order by b.id, k""");
        BuildStoreParts.sumUp(database);
        database.jdbc().execute("vacuum analyze");
    }

    /** Makes some of the steps those that made records of {@link FleetCaches}. */
    static void installWhatCachesHold(TestDatabase database) {
        database.jdbc().update("""
                update build_step set kind = 'RUN', instruction = 'RUN apt-get update && apt-get install -y --no-install-recommends lib-'
                    || (build_id * 7 + number) % 5000 || ' && rm -rf /var/lib/apt/lists/*'
                where number between 5 and 8""");
        database.jdbc().execute("vacuum analyze build_step");
    }

    /** Gives each builder a cache, last read just now, of which half the records were made by steps of these builds. */
    static void cache(TestDatabase database, int records) {
        database.jdbc().update("""
                insert into usage_sample (builder_id, resolution_seconds, taken_at, record_count, total_bytes, reclaimable_bytes,
                    shared_bytes, in_use_bytes, max_total_bytes, by_type)
                select id, 0, now(), ?, 0, 0, 0, 0, 0, '{}' from builder""", records);
        database.jdbc().update("""
                insert into cache_record (builder_id, record_id, type, description, parents, in_use, shared, size_bytes, created_at,
                    usage_count, first_seen_at, changed_at)
                select b.id, md5('record' || n), 'regular', case n % 4
                        when 0 then '[app ' || n % 30 || '/30] COPY dir-' || n % 30 || ' /app/dir-' || n % 30
                        when 1 then 'mount / from exec /bin/sh -c make part-' || n % 30 || ' of-' || n % 50
                        when 2 then 'mount / from exec /bin/sh -c make part-' || n || ' of-$WHAT'
                        else 'pulled from docker.io/library/base-' || n end,
                    array[md5('record' || n - 1)], false, false, 1000000 + n, now() - make_interval(secs => n * 60), n % 9, now(), now()
                from builder b cross join generate_series(1, ?) n""", records);
        database.jdbc().execute("vacuum analyze cache_record");
    }
}
