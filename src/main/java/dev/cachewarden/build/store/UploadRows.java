package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.store.Columns;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of builds whose logs are uploaded while they run. Until its log has ended, each has the time of the last heartbeat. */
@Repository
class UploadRows {

    private final JdbcClient jdbc;

    UploadRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a running build. The caller must store its progress afterwards. */
    BuildId begin(NewBuild build, Instant lastDataAt) {
        return BuildParameters.bind(jdbc.sql("""
                        insert into build (source, builder_id, project, project_known_by, branch, revision, label, dockerfile, target,
                            no_cache, state, started_at, last_data_at)
                        values (:source, :builder, :project, :known, :branch, :revision, :label, :dockerfile, :target, :noCache,
                            :state, :started, :lastDataAt)
                        returning id"""), build)
                .param("lastDataAt", Columns.time(lastDataAt))
                .query(Long.class)
                .optional()
                .map(BuildId::new)
                .orElseThrow();
    }

    /** Stores the progress of a build, and marks a lost build as running again. Returns false if the build no longer exists. */
    boolean storeProgress(BuildId id, NewBuild build, Instant lastDataAt) {
        return BuildParameters.bind(jdbc.sql("""
                        update build set project = :project, project_known_by = :known, target = :target, state = :state,
                            started_at = :started, steps = :steps, hits = :hits, lookups = :lookups,
                            transferred_bytes = :transferred, pulled_bytes = :pulled, gaps = :gaps, last_data_at = :lastDataAt
                        where id = :id"""), build)
                        .param("id", id.value())
                        .param("lastDataAt", Columns.time(lastDataAt))
                        .update()
                == 1;
    }

    /**
     * Stores a build that has ended.
     *
     * @param lastDataAt time of the interruption, or null if the log is complete
     * @return false if the build no longer exists
     */
    boolean end(BuildId id, NewBuild build, @Nullable Instant lastDataAt) {
        return BuildParameters.bind(jdbc.sql("""
                        update build set builder_id = :builder, content_hash = :hash, project = :project, project_known_by = :known,
                            branch = :branch, revision = :revision, label = :label, dockerfile = :dockerfile, target = :target,
                            platforms = :platforms, no_cache = :noCache, state = :state, error = :error, started_at = :started,
                            ended_at = :ended, duration_millis = :millis, steps = :steps, hits = :hits, lookups = :lookups,
                            transferred_bytes = :transferred, pulled_bytes = :pulled, gaps = :gaps, steps_read_at = :read,
                            comparison_pending = :pending, last_data_at = :lastDataAt
                        where id = :id"""), build)
                        .param("id", id.value())
                        .param("lastDataAt", Columns.timeOrNull(lastDataAt), Types.TIMESTAMP_WITH_TIMEZONE)
                        .update()
                == 1;
    }

    void recordHeartbeat(Collection<BuildId> ids, Instant lastDataAt) {
        jdbc.sql("""
                        update build set last_data_at = :lastDataAt, state = case when state = 'LOST' then 'RUNNING' else state end
                        where id = any(array(
                            select id from build where id = any(:ids) and last_data_at is not null order by id for no key update))""")
                .param("lastDataAt", Columns.time(lastDataAt))
                .param("ids", ids.stream().map(BuildId::value).toArray(Long[]::new))
                .update();
    }

    void forget(BuildId id) {
        jdbc.sql("delete from build where id = :id and last_data_at is not null")
                .param("id", id.value())
                .update();
    }

    /** Marks running builds with an old heartbeat as lost, and stores the reason. */
    int markLost(Instant heardBefore, String gap) {
        return jdbc.sql("""
                        update build set state = 'LOST', gaps = gaps || cast(:gap as text)
                        where id = any(array(
                            select id from build where last_data_at < :before and state = 'RUNNING' order by id for no key update))""")
                .param("gap", gap)
                .param("before", Columns.time(heardBefore))
                .update();
    }

    /**
     * Returns the build with the same content. If there is none, returns a build with an interrupted upload that has the same data, which
     * the complete log replaces.
     */
    Optional<StoredUploads.Known> known(NewBuild build) {
        return BuildParameters.bind(jdbc.sql("""
                        select id, content_hash is not distinct from :hash as whole from build
                        where content_hash = :hash
                            or (project = :project and started_at = :started and state <> 'RUNNING' and last_data_at is not null
                                and builder_id is not distinct from :builder and target is not distinct from :target
                                and branch is not distinct from :branch and revision is not distinct from :revision
                                and label is not distinct from :label and dockerfile is not distinct from :dockerfile)
                        order by whole desc, id limit 1"""), build)
                .query((row, number) ->
                        new StoredUploads.Known(new BuildId(row.getLong("id")), row.getBoolean("whole")))
                .optional();
    }
}
