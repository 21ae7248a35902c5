package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The statements that write new data of builds to the build table. */
@Repository
class NewBuildRows {

    private static final String HISTORY_KEY = "builder_id = :builder and ref = :ref";
    private static final String UPLOAD_KEY = "content_hash = :hash";

    private final JdbcClient jdbc;

    NewBuildRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores a build, or new data of a stored build. A build that has ended never runs again, and a build with known steps does not change.
     * The method updates first, and inserts only a missing build: each insert consumes an ID, even if it becomes an update.
     */
    Stored upsert(NewBuild build) {
        return update(build)
                .or(() -> insert(build))
                // Another transaction stored it in the meantime.
                .or(() -> update(build))
                .map(id -> new Stored(id, true))
                .orElseGet(() -> new Stored(known(build), false));
    }

    private Optional<BuildId> update(NewBuild build) {
        return id(BuildParameters.bind(jdbc.sql("""
                        update build set project = :project, project_known_by = :known,
                            branch = :branch, revision = :revision, dockerfile = :dockerfile,
                            target = :target, platforms = :platforms, no_cache = :noCache,
                            arguments = cast(:arguments as jsonb), state = :state, error = :error,
                            started_at = :started, ended_at = :ended, duration_millis = :millis, engine_steps = :engineSteps,
                            engine_completed = :engineCompleted, engine_cached = :engineCached,
                            steps = :steps, hits = :hits, lookups = :lookups,
                            transferred_bytes = :transferred, pulled_bytes = :pulled,
                            gaps = :gaps, steps_read_at = :read, comparison_pending = :pending
                        where %s and steps_read_at is null and (:state <> 'RUNNING' or state in ('RUNNING', 'LOST'))
                        returning id""".formatted(key(build))), build));
    }

    private Optional<BuildId> insert(NewBuild build) {
        return id(BuildParameters.bind(jdbc.sql("""
                        insert into build (source, builder_id, ref, content_hash, project, project_known_by, branch, revision, label,
                            dockerfile, target, platforms, no_cache, arguments, state, error, started_at, ended_at, duration_millis,
                            engine_steps, engine_completed, engine_cached, steps, hits, lookups, transferred_bytes, pulled_bytes, gaps,
                            steps_read_at, comparison_pending)
                        select :source, cast(:builder as bigint), :ref, :hash, :project, :known, :branch, :revision, :label,
                            :dockerfile, :target, :platforms, :noCache, cast(:arguments as jsonb), :state, :error, :started, :ended,
                            :millis, :engineSteps, :engineCompleted, :engineCached, :steps, :hits, :lookups, :transferred, :pulled,
                            :gaps, :read, :pending
                        where not exists (select from build where %s)
                        on conflict do nothing
                        returning id""".formatted(key(build))), build));
    }

    /** Returns the ID of a stored build that does not change, such as a build that ended before the report of its start arrived. */
    private BuildId known(NewBuild build) {
        return id(BuildParameters.bind(jdbc.sql("select id from build where " + key(build)), build))
                .orElseThrow(
                        () -> new IllegalStateException("Build " + build.ref() + " was deleted while it was stored"));
    }

    private static String key(NewBuild build) {
        return build.source() == BuildSource.HISTORY ? HISTORY_KEY : UPLOAD_KEY;
    }

    /** Returns the ID of the same build if it is stored as running, and locks it until the transaction ends. */
    Optional<BuildId> running(NewBuild build) {
        return id(BuildParameters.bind(
                jdbc.sql("select id from build where " + HISTORY_KEY + " and state = 'RUNNING' for update"), build));
    }

    /** Stores the data that can change while a build runs. */
    void storeProgress(BuildId id, NewBuild build) {
        BuildParameters.bind(jdbc.sql("""
                        update build set project = :project, project_known_by = :known, steps = :steps, hits = :hits, lookups = :lookups,
                            transferred_bytes = :transferred, pulled_bytes = :pulled, gaps = :gaps
                        where id = :id"""), build).param("id", id.value()).update();
    }

    private static Optional<BuildId> id(StatementSpec statement) {
        return statement.query(Long.class).optional().map(BuildId::new);
    }
}
