package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.store.column.Columns;
import java.sql.Types;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Writes what becomes known of builds into their table. */
@Repository
class NewBuildRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    NewBuildRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores a build, or what is newly known of one; never makes one that has ended run again. */
    BuildId upsert(NewBuild build) {
        String conflict = build.source() == BuildSource.HISTORY ? "(builder_id, ref)" : "(content_hash)";
        var outline = build.outline();
        return jdbc.sql("""
                        insert into build (source, builder_id, ref, content_hash, project, project_known_by, branch, revision, label,
                            dockerfile, target, platforms, no_cache, arguments, state, error, started_at, ended_at, duration_millis,
                            engine_steps, engine_completed, engine_cached, steps, hits, lookups, transferred_bytes, pulled_bytes, gaps,
                            steps_read_at)
                        values (:source, :builder, :ref, :hash, :project, :known, :branch, :revision, :label,
                            :dockerfile, :target, :platforms, :noCache, cast(:arguments as jsonb), :state, :error, :started, :ended,
                            :millis, :engineSteps, :engineCompleted, :engineCached, :steps, :hits, :lookups, :transferred, :pulled, :gaps,
                            :read)
                        on conflict %s do update set project = excluded.project, project_known_by = excluded.project_known_by,
                            branch = excluded.branch, revision = excluded.revision, dockerfile = excluded.dockerfile,
                            target = excluded.target, platforms = excluded.platforms, no_cache = excluded.no_cache,
                            arguments = excluded.arguments, state = excluded.state, error = excluded.error,
                            started_at = excluded.started_at, ended_at = excluded.ended_at,
                            duration_millis = excluded.duration_millis, engine_steps = excluded.engine_steps,
                            engine_completed = excluded.engine_completed, engine_cached = excluded.engine_cached,
                            steps = excluded.steps, hits = excluded.hits, lookups = excluded.lookups,
                            transferred_bytes = excluded.transferred_bytes, pulled_bytes = excluded.pulled_bytes,
                            gaps = excluded.gaps, steps_read_at = excluded.steps_read_at
                        where excluded.state <> 'RUNNING' or build.state in ('RUNNING', 'LOST')
                        returning id""".formatted(conflict))
                .param("source", build.source().name())
                .param(
                        "builder",
                        build.builder() == null ? null : build.builder().value(),
                        Types.BIGINT)
                .param("ref", Columns.textOrNull(build.ref()), Types.VARCHAR)
                .param("hash", build.contentHash(), Types.BINARY)
                .param("project", Columns.text(outline.project().name()))
                .param("known", outline.project().known().name())
                .param("branch", Columns.textOrNull(outline.branch()), Types.VARCHAR)
                .param("revision", Columns.textOrNull(outline.revision()), Types.VARCHAR)
                .param("label", Columns.textOrNull(outline.label()), Types.VARCHAR)
                .param("dockerfile", Columns.textOrNull(outline.dockerfile()), Types.VARCHAR)
                .param("target", Columns.textOrNull(outline.target()), Types.VARCHAR)
                .param(
                        "platforms",
                        outline.platforms().stream().map(Columns::text).toArray(String[]::new))
                .param("noCache", outline.noCache())
                .param("arguments", Columns.text(JSON.writeValueAsString(new TreeMap<>(outline.argumentDigests()))))
                .param("state", build.state().name())
                .param("error", Columns.textOrNull(build.error()), Types.VARCHAR)
                .param("started", Columns.time(build.startedAt()))
                .param("ended", Columns.timeOrNull(build.endedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param(
                        "millis",
                        build.duration() == null ? null : build.duration().toMillis(),
                        Types.BIGINT)
                .param(
                        "engineSteps",
                        build.counted() == null ? null : build.counted().steps(),
                        Types.INTEGER)
                .param(
                        "engineCompleted",
                        build.counted() == null ? null : build.counted().completed(),
                        Types.INTEGER)
                .param(
                        "engineCached",
                        build.counted() == null ? null : build.counted().cached(),
                        Types.INTEGER)
                .param("steps", build.steps().size())
                .param("hits", build.hitRate().hits())
                .param("lookups", build.hitRate().lookups())
                .param("transferred", build.transferredBytes())
                .param("pulled", build.pulledBytes())
                .param("gaps", build.gaps().stream().map(Columns::text).toArray(String[]::new))
                .param("read", Columns.timeOrNull(build.stepsReadAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .query(Long.class)
                .optional()
                .map(BuildId::new)
                .orElseGet(() -> known(build));
    }

    /** One that has ended and of which somebody now heard the beginning. */
    private BuildId known(NewBuild build) {
        return new BuildId(jdbc.sql("select id from build where builder_id = :builder and ref = :ref")
                .param(
                        "builder",
                        build.builder() == null ? null : build.builder().value(),
                        Types.BIGINT)
                .param("ref", build.ref(), Types.VARCHAR)
                .query(Long.class)
                .single());
    }

    /** The same build, if it is known to run; nobody else can change it until the transaction ends. */
    Optional<BuildId> running(NewBuild build) {
        return jdbc.sql(
                        "select id from build where builder_id = :builder and ref = :ref and state = 'RUNNING' for update")
                .param(
                        "builder",
                        build.builder() == null ? null : build.builder().value(),
                        Types.BIGINT)
                .param("ref", Columns.textOrNull(build.ref()), Types.VARCHAR)
                .query(Long.class)
                .optional()
                .map(BuildId::new);
    }

    /** What may become known while a build runs. Updated and not inserted, which would use up a number each time. */
    void soFar(BuildId id, NewBuild build) {
        var project = build.outline().project();
        jdbc.sql("""
                        update build set project = :project, project_known_by = :known, steps = :steps, hits = :hits, lookups = :lookups,
                            transferred_bytes = :transferred, pulled_bytes = :pulled, gaps = :gaps
                        where id = :id""")
                .param("id", id.value())
                .param("project", Columns.text(project.name()))
                .param("known", project.known().name())
                .param("steps", build.steps().size())
                .param("hits", build.hitRate().hits())
                .param("lookups", build.hitRate().lookups())
                .param("transferred", build.transferredBytes())
                .param("pulled", build.pulledBytes())
                .param("gaps", build.gaps().stream().map(Columns::text).toArray(String[]::new))
                .update();
    }
}
