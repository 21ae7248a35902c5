package dev.cachewarden.run.store;

import dev.cachewarden.store.Columns;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of scheduled starts that are claimed but not completed. */
@Repository
class PendingStarts {

    /** The number of attempts after which a failing start is abandoned. The next scheduled start replaces it. */
    private static final int MOST_ATTEMPTS = 5;

    private final JdbcClient jdbc;

    PendingStarts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A scheduled start.
     *
     * @param startedAt the time of the claim, which identifies the start
     */
    record Start(long policy, Instant startedAt) {

        /** Returns the prefix of the idempotency keys of its runs. */
        String key() {
            return "start of policy " + policy + " at " + startedAt;
        }
    }

    /** Updates the heartbeat of a start that this replica processes. */
    void recordHeartbeat(Start start, Instant now) {
        jdbc.sql("update prune_pending_start set heartbeat_at = ? where policy_id = ? and started_at = ?")
                .params(Columns.time(now), start.policy(), Columns.time(start.startedAt()))
                .update();
    }

    /** Takes over the starts that no replica processes any more. Of several replicas that try, only one gets each start. */
    List<Start> takeOver(Instant deadSince, Instant now) {
        return jdbc.sql("""
                        update prune_pending_start set heartbeat_at = :now, attempts = attempts + 1
                        where heartbeat_at <= :dead and attempts < :most returning policy_id, started_at""")
                .param("now", Columns.time(now))
                .param("dead", Columns.time(deadSince))
                .param("most", MOST_ATTEMPTS)
                .query((row, number) -> new Start(row.getLong("policy_id"), Columns.instant(row, "started_at")))
                .list();
    }

    void done(Start start) {
        jdbc.sql("delete from prune_pending_start where policy_id = ? and started_at = ?")
                .params(start.policy(), Columns.time(start.startedAt()))
                .update();
    }
}
