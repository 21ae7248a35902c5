package dev.cachewarden.prune.watch;

import dev.cachewarden.store.column.Columns;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who may set a policy off on an engine because of a reading, and how often. */
@Repository
class ReadingClaims {

    /** A run that could not get below its watermark, for want of records that may go, is not to begin again with each reading. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;

    ReadingClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether it was long enough ago; of several that ask one is told so. */
    boolean claim(long policy, String engine, Instant now) {
        return jdbc.sql("""
                        insert into prune_policy_fire as f (policy_id, engine_id, fired_at) values (:policy, :engine, :now)
                        on conflict (policy_id, engine_id) do update set fired_at = excluded.fired_at
                        where f.fired_at <= :before""")
                        .param("policy", policy)
                        .param("engine", engine)
                        .param("now", Columns.time(now))
                        .param("before", Columns.time(now.minus(PAUSE)))
                        .update()
                == 1;
    }
}
