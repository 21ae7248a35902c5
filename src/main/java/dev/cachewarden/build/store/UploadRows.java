package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.store.column.Columns;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of builds whose logs come in while they run. Each was heard of at a time until its log has ended. */
@Repository
class UploadRows {

    private final JdbcClient jdbc;

    UploadRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A build that has begun; what it has done so far is to be told then. */
    BuildId begin(NewBuild build, Instant heard) {
        return BuildParameters.bind(jdbc.sql("""
                        insert into build (source, builder_id, project, project_known_by, branch, revision, label, dockerfile, target,
                            no_cache, state, started_at, heard_at)
                        values (:source, :builder, :project, :known, :branch, :revision, :label, :dockerfile, :target, :noCache,
                            :state, :started, :heard)
                        returning id"""), build)
                .param("heard", Columns.time(heard))
                .query(Long.class)
                .optional()
                .map(BuildId::new)
                .orElseThrow();
    }

    /** What a build has done so far. One that was taken for lost runs after all. False: it is there no longer. */
    boolean soFar(BuildId id, NewBuild build, Instant heard) {
        return BuildParameters.bind(jdbc.sql("""
                        update build set project = :project, project_known_by = :known, target = :target, state = :state,
                            started_at = :started, steps = :steps, hits = :hits, lookups = :lookups,
                            transferred_bytes = :transferred, pulled_bytes = :pulled, gaps = :gaps, heard_at = :heard
                        where id = :id"""), build)
                        .param("id", id.value())
                        .param("heard", Columns.time(heard))
                        .update()
                == 1;
    }

    /**
     * The build as it came to be.
     *
     * @param heard null: its log has ended
     * @return false: it is there no longer
     */
    boolean end(BuildId id, NewBuild build, @Nullable Instant heard) {
        return BuildParameters.bind(jdbc.sql("""
                        update build set builder_id = :builder, content_hash = :hash, project = :project, project_known_by = :known,
                            branch = :branch, revision = :revision, label = :label, dockerfile = :dockerfile, target = :target,
                            platforms = :platforms, no_cache = :noCache, state = :state, error = :error, started_at = :started,
                            ended_at = :ended, duration_millis = :millis, steps = :steps, hits = :hits, lookups = :lookups,
                            transferred_bytes = :transferred, pulled_bytes = :pulled, gaps = :gaps, steps_read_at = :read,
                            judge_again = :judge, heard_at = :heard
                        where id = :id"""), build)
                        .param("id", id.value())
                        .param("heard", Columns.timeOrNull(heard), Types.TIMESTAMP_WITH_TIMEZONE)
                        .update()
                == 1;
    }

    void heard(Collection<BuildId> ids, Instant heard) {
        jdbc.sql("""
                        update build set heard_at = :heard, state = case when state = 'LOST' then 'RUNNING' else state end
                        where id = any(array(
                            select id from build where id = any(:ids) and heard_at is not null order by id for no key update))""")
                .param("heard", Columns.time(heard))
                .param("ids", ids.stream().map(BuildId::value).toArray(Long[]::new))
                .update();
    }

    void forget(BuildId id) {
        jdbc.sql("delete from build where id = :id and heard_at is not null")
                .param("id", id.value())
                .update();
    }

    /** Ends builds that run by what was last heard of them, and says why. */
    int lose(Instant heardBefore, String gap) {
        return jdbc.sql("""
                        update build set state = 'LOST', gaps = gaps || cast(:gap as text)
                        where id = any(array(
                            select id from build where heard_at < :before and state = 'RUNNING' order by id for no key update))""")
                .param("gap", gap)
                .param("before", Columns.time(heardBefore))
                .update();
    }

    /** The build with this content or, where there is none, one whose log broke off and that this one's is the whole of. */
    Optional<StoredUploads.Known> known(NewBuild build) {
        return BuildParameters.bind(jdbc.sql("""
                        select id, content_hash is not distinct from :hash as whole from build
                        where content_hash = :hash
                            or (project = :project and started_at = :started and state <> 'RUNNING' and heard_at is not null
                                and builder_id is not distinct from :builder and target is not distinct from :target
                                and branch is not distinct from :branch and revision is not distinct from :revision
                                and label is not distinct from :label and dockerfile is not distinct from :dockerfile)
                        order by whole desc, id limit 1"""), build)
                .query((row, number) ->
                        new StoredUploads.Known(new BuildId(row.getLong("id")), row.getBoolean("whole")))
                .optional();
    }
}
