package dev.cachewarden.run.store;

import dev.cachewarden.store.Columns;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of scheduled fires that are claimed but not completed. */
@Repository
class PendingFires {

    /** The number of attempts after which a failing fire is abandoned. The next scheduled fire replaces it. */
    private static final int MOST_ATTEMPTS = 5;

    private final JdbcClient jdbc;

    PendingFires(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A scheduled fire.
     *
     * @param firedAt the time of the claim, which identifies the fire
     */
    record Fire(long policy, Instant firedAt) {

        /** Returns the prefix of the idempotency keys of its runs. */
        String key() {
            return "fire of policy " + policy + " at " + firedAt;
        }
    }

    /** Updates the heartbeat of a fire that this replica processes. */
    void recordHeartbeat(Fire fire, Instant now) {
        jdbc.sql("update prune_pending_fire set heard_at = ? where policy_id = ? and fired_at = ?")
                .params(Columns.time(now), fire.policy(), Columns.time(fire.firedAt()))
                .update();
    }

    /** Takes over the fires that no replica processes any more. Of several replicas that try, only one gets each fire. */
    List<Fire> takeOver(Instant deadSince, Instant now) {
        return jdbc.sql("""
                        update prune_pending_fire set heard_at = :now, attempts = attempts + 1
                        where heard_at <= :dead and attempts < :most returning policy_id, fired_at""")
                .param("now", Columns.time(now))
                .param("dead", Columns.time(deadSince))
                .param("most", MOST_ATTEMPTS)
                .query((row, number) -> new Fire(row.getLong("policy_id"), Columns.instant(row, "fired_at")))
                .list();
    }

    void done(Fire fire) {
        jdbc.sql("delete from prune_pending_fire where policy_id = ? and fired_at = ?")
                .params(fire.policy(), Columns.time(fire.firedAt()))
                .update();
    }
}
