package dev.cachewarden.history.store;

import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Assigns a job to one of several replicas: the one that renews its lease in time. Clock differences shorter than the lease do no harm.
 * With a larger difference, two replicas may do the same job.
 */
@Component
public class Leases {

    private static final String TAKE = """
            insert into lease as held (name, holder, expires_at) values (?, ?, ?)
            on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
            where held.holder = excluded.holder or held.expires_at <= ?""";

    private final JdbcTemplate jdbc;

    Leases(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Acquires or renews a lease. Returns false if another replica holds it. */
    public boolean take(String name, String holder, Instant now, Duration length) {
        return jdbc.update(TAKE, name, holder, Rows.parameter(now.plus(length)), Rows.parameter(now)) == 1;
    }

    /** Releases a lease, so that another replica does not have to wait for its end. */
    public void release(String name, String holder) {
        jdbc.update("delete from lease where name = ? and holder = ?", name, holder);
    }
}
