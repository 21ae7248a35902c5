package dev.cachewarden.run.store;

import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The claims that decide which replica may trigger a policy on an engine because of a snapshot, and how often. */
@Repository
class ReadingClaims {

    /**
     * The minimum time between two starts. Without it, a run that cannot reach its low watermark, because too few records are deletable,
     * would start again with each snapshot.
     */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;

    ReadingClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns whether the last start was long enough ago. Of several replicas that ask, only one gets true. */
    boolean claim(long policy, String engine, Instant now) {
        return jdbc.sql("""
                        insert into prune_policy_start as s (policy_id, engine_id, started_at) values (:policy, :engine, :now)
                        on conflict (policy_id, engine_id) do update set started_at = excluded.started_at
                        where s.started_at <= :before""")
                        .param("policy", policy)
                        .param("engine", engine)
                        .param("now", Columns.time(now))
                        .param("before", Columns.time(now.minus(PAUSE)))
                        .update()
                == 1;
    }
}
