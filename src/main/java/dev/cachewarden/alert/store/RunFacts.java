package dev.cachewarden.alert.store;

import dev.cachewarden.host.HostId;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunState;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Reads the last runs of policies, a few for each builder. */
@Repository
class RunFacts {

    private static final String[] ACTIVE = RunState.namesOf(RunState::active).toArray(String[]::new);

    private static final TypeReference<List<RunNote>> NOTES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    RunFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A run of a policy that ended.
     *
     * @param plannedBytes the size of the planned records
     * @param deletedBytes the size of the records that it deleted
     * @param note why it failed or ended early, as a sentence; may be empty
     */
    record EndedRun(
            long id,
            long policy,
            HostId host,
            RunState state,
            Instant endedAt,
            long plannedBytes,
            long deletedBytes,
            String note) {}

    /** Returns the last runs of policies that ended, at most ten for each builder, newest first. */
    List<EndedRun> ended() {
        return jdbc.sql("""
                        select run.* from builder b cross join lateral (
                            select r.id, p.policy_id, p.host_id, r.state, r.ended_at, p.total_bytes, r.deleted_bytes,
                                r.notes
                            from prune_run r join prune_plan p on p.id = r.plan_id
                            where r.builder_id = b.id and r.ended_at is not null and p.policy_id is not null
                            order by r.id desc limit 10) run
                        order by run.id desc""").query(RunFacts::run).list();
    }

    /** Returns when the active runs were requested, by host. */
    Map<HostId, Instant> active() {
        var found = new HashMap<HostId, Instant>();
        jdbc.sql("""
                        select b.host_id, r.requested_at from prune_run r join builder b on b.id = r.builder_id
                        where r.ended_at is null and r.state = any(?)""")
                .param(ACTIVE)
                .query((row, number) ->
                        Map.entry(new HostId(row.getLong("host_id")), Columns.instant(row, "requested_at")))
                .list()
                .forEach(run -> found.put(run.getKey(), run.getValue()));
        return found;
    }

    private static EndedRun run(ResultSet row, int number) throws SQLException {
        var notes = Columns.fromJson(row.getString("notes"), NOTES);
        var note = notes.isEmpty() ? null : notes.getLast();
        return new EndedRun(
                row.getLong("id"),
                row.getLong("policy_id"),
                new HostId(row.getLong("host_id")),
                RunState.valueOf(row.getString("state")),
                Columns.instant(row, "ended_at"),
                row.getLong("total_bytes"),
                row.getLong("deleted_bytes"),
                note == null ? "" : note.text());
    }
}
