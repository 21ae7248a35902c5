package dev.cachewarden.run.store;

import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunGroupView;
import dev.cachewarden.run.RunGroupView.WithoutRun;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The table of run groups. */
@Repository
class RunGroupRows {

    private static final TypeReference<List<WithoutRun>> WITHOUT_RUN = new TypeReference<>() {};

    private final JdbcClient jdbc;

    RunGroupRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Inserts a group.
     *
     * @throws DuplicateKeyException if the idempotency key was used
     */
    long insert(PolicyVersion policy, RunTrigger trigger, Caller by, @Nullable String idempotencyKey, Instant now) {
        return jdbc.sql("""
                        insert into prune_run_group (policy_id, policy_name, policy_version, trigger, requested_by, requested_token,
                            requested_address, requested_at, idempotency_key)
                        values (:policy, :name, :version, :trigger, :by, :token, :address, :now, :key) returning id""")
                .param("policy", policy.id())
                .param("name", policy.name())
                .param("version", policy.version())
                .param("trigger", trigger.name())
                .param("by", by.name())
                .param("token", by.token())
                .param("address", by.address())
                .param("now", Columns.time(now))
                .param("key", idempotencyKey)
                .query(Long.class)
                .single();
    }

    void recordWithoutRun(long id, List<WithoutRun> hosts) {
        jdbc.sql("update prune_run_group set without_run = cast(:hosts as jsonb) where id = :id")
                .param("hosts", Columns.json(hosts))
                .param("id", id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("delete from prune_run_group where id = ?").param(id).update();
    }

    void deleteOlderThan(Instant time) {
        jdbc.sql("""
                        delete from prune_run_group g where g.requested_at < ?
                            and not exists (select 1 from prune_run r where r.group_id = g.id)""").param(Columns.time(time)).update();
    }

    Optional<Long> withKey(String key) {
        return jdbc.sql("select id from prune_run_group where idempotency_key = ?")
                .param(key)
                .query(Long.class)
                .optional();
    }

    /**
     * Returns a group, or empty if it does not exist.
     *
     * @param runs the runs of the group
     */
    Optional<RunGroupView> find(long id, List<RunView> runs) {
        return jdbc.sql("select * from prune_run_group where id = ?")
                .param(id)
                .query((row, number) -> group(row, runs))
                .optional();
    }

    private static RunGroupView group(ResultSet row, List<RunView> runs) throws SQLException {
        return new RunGroupView(
                row.getLong("id"),
                new PolicyVersion(
                        Columns.longOrNull(row, "policy_id"),
                        row.getString("policy_name"),
                        row.getInt("policy_version")),
                RunTrigger.valueOf(row.getString("trigger")),
                RunViews.requested(row),
                runs,
                Columns.fromJson(row.getString("without_run"), WITHOUT_RUN));
    }
}
