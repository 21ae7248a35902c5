package dev.cachewarden.prune.run;

import dev.cachewarden.store.column.Columns;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of scheduled fires that are claimed and not done. */
@Repository
class PendingFires {

    /** A fire that fails each time is given up; the next one comes. */
    private static final int MOST_ATTEMPTS = 5;

    private final JdbcClient jdbc;

    PendingFires(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param firedAt when the fire was claimed, which names it */
    record Fire(long policy, Instant firedAt) {

        /** Returns the beginning of the idempotency keys of its runs. */
        String key() {
            return "fire of policy " + policy + " at " + firedAt;
        }
    }

    /** Records that this replica works on a fire. */
    void heard(Fire fire, Instant now) {
        jdbc.sql("update prune_pending_fire set heard_at = ? where policy_id = ? and fired_at = ?")
                .params(Columns.time(now), fire.policy(), Columns.time(fire.firedAt()))
                .update();
    }

    /** Takes the fires that no replica works on any more; of several replicas that try, one gets each. */
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
