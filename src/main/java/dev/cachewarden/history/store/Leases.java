package dev.cachewarden.history.store;

import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Says which of several replicas does a job: the one that renews its lease in time. Clocks that differ by less than a lease do no
 * harm; where they differ by more, a job may be done twice.
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

    /** Takes or renews a lease; false where somebody else holds it. */
    public boolean take(String name, String holder, Instant now, Duration length) {
        return jdbc.update(TAKE, name, holder, Rows.parameter(now.plus(length)), Rows.parameter(now)) == 1;
    }

    /** Gives it up, so that another replica need not wait for its end. */
    public void release(String name, String holder) {
        jdbc.update("delete from lease where name = ? and holder = ?", name, holder);
    }
}
