package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.Columns;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The build table. */
@Repository
class BuildRows {

    private final JdbcClient jdbc;

    BuildRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the key for digests of build argument values. The first call creates it. */
    byte[] argumentKey() {
        jdbc.sql("""
                        insert into build_argument_key (key) values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
                        on conflict do nothing""").update();
        return jdbc.sql("select key from build_argument_key")
                .query(byte[].class)
                .single();
    }

    /**
     * Returns whether the steps of a build are stored, or empty if the build is unknown. Returns true also for a build that a user deleted.
     */
    Optional<Boolean> stepsRead(BuilderId builder, String ref) {
        return jdbc.sql("""
                        select steps_read_at is not null from build where builder_id = :builder and ref = :ref
                        union all select true from deleted_build where builder_id = :builder and ref = :ref
                        limit 1""")
                .param("builder", builder.value())
                .param("ref", ref)
                .query(Boolean.class)
                .optional();
    }

    /** Returns the refs of the latest 1,000 builds with known steps, which are more than builders record by default. */
    Set<String> known(BuilderId builder) {
        return Set.copyOf(jdbc.sql("""
                        select ref from (
                            select ref, started_at from build where builder_id = :builder and ref is not null and steps_read_at is not null
                            union all select ref, started_at from deleted_build where builder_id = :builder) known
                        order by started_at desc limit 1000""")
                .param("builder", builder.value())
                .query(String.class)
                .list());
    }

    /** Returns whether a builder reports a running build. Uploaded logs do not count. */
    boolean anyRunning(Collection<BuilderId> builders) {
        return jdbc.sql("""
                        select exists (
                            select from build where builder_id = any(:builders) and state = 'RUNNING' and ref is not null)""")
                .param("builders", builders.stream().map(BuilderId::value).toArray(Long[]::new))
                .query(Boolean.class)
                .single();
    }

    boolean anyFromHistory(BuilderId builder) {
        return jdbc.sql("select exists (select from build where builder_id = ? and ref is not null)")
                .param(builder.value())
                .query(Boolean.class)
                .single();
    }

    /** Marks builds as lost that were running at the last report of the builder, but are not among the builds that run now. */
    int markLost(BuilderId builder, Instant startedBefore, List<String> running) {
        return jdbc.sql("""
                        update build set state = 'LOST'
                        where id = any(array(
                            select id from build
                            where builder_id = :builder and state = 'RUNNING' and started_at < :before
                                and ref is not null and not ref = any(:running)
                            order by id for no key update))""")
                .param("builder", builder.value())
                .param("before", Columns.time(startedBefore))
                .param("running", running.toArray(String[]::new))
                .update();
    }

    /** Marks a lost build as running again. */
    void markRunning(BuilderId builder, String ref) {
        jdbc.sql("update build set state = 'RUNNING' where builder_id = ? and ref = ? and state = 'LOST'")
                .params(builder.value(), ref)
                .update();
    }

    void storeComparison(BuildId id, BuildComparison comparison) {
        var miss = comparison.miss();
        jdbc.sql("""
                        update build set scenario = :scenario, scenario_reason = :reason, compared_with = :with, missed_step = :step,
                            missed_instruction = :instruction, miss_cause = :cause, miss_text = :text, cascade_steps = :cascade, cascade_millis = :cost,
                            saved_millis = :saved, miss_run_id = :run, comparison_pending = false
                        where id = :id""")
                .param("id", id.value())
                .param("scenario", comparison.scenario().name())
                .param("reason", Columns.text(comparison.reason()))
                .param(
                        "with",
                        comparison.comparedWith() == null
                                ? null
                                : comparison.comparedWith().value(),
                        Types.BIGINT)
                .param("step", miss == null ? null : miss.step(), Types.INTEGER)
                .param(
                        "instruction",
                        miss == null || miss.instruction() == null ? null : Columns.text(miss.instruction()),
                        Types.VARCHAR)
                .param("cause", miss == null ? null : miss.cause().name(), Types.VARCHAR)
                .param("text", miss == null ? null : Columns.text(miss.text()), Types.VARCHAR)
                .param("cascade", miss == null ? null : miss.cascadeSteps(), Types.INTEGER)
                .param("cost", miss == null ? null : miss.cost().toMillis(), Types.BIGINT)
                .param("run", miss == null ? null : miss.run(), Types.BIGINT)
                .param(
                        "saved",
                        comparison.saved() == null ? null : comparison.saved().toMillis(),
                        Types.BIGINT)
                .update();
    }

    Optional<BuildView> find(BuildId id) {
        return find(id, "");
    }

    /** Returns a build, and locks it until the transaction ends. */
    Optional<BuildView> findForUpdate(BuildId id) {
        return find(id, " for no key update");
    }

    /** Returns the latest build with a pending comparison, and locks it. Builds that other transactions have locked are skipped. */
    Optional<BuildView> lockNextPending(Collection<BuildId> skipped) {
        return jdbc.sql("""
                        select * from build where comparison_pending and not id = any(:skipped)
                        order by started_at desc, id desc limit 1 for no key update skip locked""")
                .param("skipped", skipped.stream().map(BuildId::value).toArray(Long[]::new))
                .query((row, number) -> BuildColumns.view(row))
                .optional();
    }

    /** Returns a build whose comparison is still pending, and locks it. Returns empty also if another transaction has locked it. */
    Optional<BuildView> lockPending(BuildId id) {
        return find(id, " and comparison_pending for no key update skip locked");
    }

    void markPending(BuildId id) {
        jdbc.sql("update build set comparison_pending = true where id = ?")
                .param(id.value())
                .update();
    }

    void clearPending(BuildId id) {
        jdbc.sql("update build set comparison_pending = false where id = ?")
                .param(id.value())
                .update();
    }

    private Optional<BuildView> find(BuildId id, String hold) {
        return jdbc.sql("select * from build where id = ?" + hold)
                .param(id.value())
                .query((row, number) -> BuildColumns.view(row))
                .optional();
    }

    boolean anyOf(String project) {
        return jdbc.sql("select exists (select from build where project = ?)")
                .param(Columns.text(project))
                .query(Boolean.class)
                .single();
    }

    List<String> projects() {
        return jdbc.sql("select project from build group by project order by max(started_at) desc, project limit 1000")
                .query((row, number) -> row.getString("project"))
                .list();
    }

    /** Deletes a build, and stores a mark so that it is not imported again from its builder. */
    void delete(BuildView build) {
        jdbc.sql("""
                        insert into deleted_build (builder_id, ref, started_at)
                        select builder_id, ref, started_at from build
                        where id = ? and builder_id is not null and ref is not null on conflict do nothing""").param(build.id().value()).update();
        jdbc.sql("delete from build where id = ?").param(build.id().value()).update();
        forgetComparisons();
    }

    /** Deletes the marks of deleted builds that started before the given time. */
    void forgetDeletedBefore(Instant time) {
        jdbc.sql("delete from deleted_build where started_at < ?")
                .param(Columns.time(time))
                .update();
    }

    /** Deletes a limited number of old builds. It skips builds that other transactions have locked, so it never waits. */
    int deleteOlderThan(Instant time, int most) {
        return jdbc.sql("""
                        delete from build where id = any(array(
                            select id from build where started_at < :time and state <> 'RUNNING'
                            order by id limit :most for update skip locked))""")
                .param("time", Columns.time(time))
                .param("most", most)
                .update();
    }

    /** Clears references to deleted builds in the results of comparisons. */
    void forgetComparisons() {
        jdbc.sql("""
                        update build set compared_with = null where id = any(array(
                            select id from build b
                            where compared_with is not null
                                and not exists (select from build other where other.id = b.compared_with)
                            order by id for no key update skip locked))""").update();
    }

    /**
     * Returns the build before or after another one with the same builder, project, Dockerfile, target, and platforms, or empty if there is
     * none. Only completed and failed builds with known steps count. The query uses the index of a project's builds by time.
     */
    Optional<BuildView> adjacentBuild(BuildView build, boolean later) {
        BuildOutline outline = build.outline();
        String order = later ? "asc" : "desc";
        return jdbc.sql("""
                        select * from build
                        where project = :project and builder_id is not distinct from :builder
                            and target is not distinct from :target and platforms = cast(:platforms as text[])
                            and coalesce(dockerfile, :usual) = coalesce(:dockerfile, :usual)
                            and state in ('DONE', 'FAILED') and steps_read_at is not null and (started_at, id) %s (:started, :id)
                        order by started_at %s, id %s limit 1""".formatted(later ? ">" : "<", order, order))
                .param("project", outline.project().name())
                .param("target", outline.target(), Types.VARCHAR)
                .param("platforms", outline.platforms().toArray(String[]::new))
                .param("dockerfile", outline.dockerfile(), Types.VARCHAR)
                .param("usual", "Dockerfile")
                .param(
                        "builder",
                        build.builder() == null ? null : build.builder().value(),
                        Types.BIGINT)
                .param("started", Columns.time(build.startedAt()))
                .param("id", build.id().value())
                .query((row, number) -> BuildColumns.view(row))
                .optional();
    }

    /**
     * Returns the durations of steps that ran in builds of a project before the given time, latest first. Each step is queried separately,
     * because ranking them together would read all runs ever. Uploaded builds count only if the project has no builds from the history of a
     * builder.
     *
     * @param latest maximum number of durations per step
     */
    Map<String, List<Duration>> costs(String project, Instant before, Collection<String> identities, int latest) {
        var costs = new HashMap<String, List<Duration>>();
        jdbc.sql("""
                        select wanted.identity, past.duration_micros
                        from unnest(:identities) wanted (identity) cross join lateral (
                            select s.duration_micros, b.started_at, b.id
                            from build_step s join build b on b.id = s.build_id
                            where s.identity = wanted.identity and s.state = 'DONE' and s.duration_micros is not null
                                and b.project = :project and b.started_at < :before
                                and (b.source = 'HISTORY' or not exists (
                                    select 1 from build reported
                                    where reported.project = :project and reported.source = 'HISTORY'))
                            order by b.started_at desc, b.id desc limit :latest) past
                        order by wanted.identity, past.started_at desc, past.id desc""")
                .param("identities", identities.toArray(String[]::new))
                .param("project", project)
                .param("before", Columns.time(before))
                .param("latest", latest)
                .query((row, number) -> Map.entry(
                        row.getString("identity"), Duration.of(row.getLong("duration_micros"), ChronoUnit.MICROS)))
                .list()
                .forEach(cost -> costs.computeIfAbsent(cost.getKey(), any -> new ArrayList<>())
                        .add(cost.getValue()));
        return costs;
    }
}
