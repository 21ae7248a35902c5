package dev.cachewarden.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that returns connections of the pool while the database responds. Otherwise it throws an exception immediately. The pool
 * waits only a short time for a connection. If the database is up but busy, this data source asks the pool again until 30 seconds have
 * passed.
 */
final class WatchedDataSource extends DelegatingDataSource {

    private static final Duration PATIENCE_WHERE_BUSY = Duration.ofSeconds(30);

    private final StoreWatch watch;

    WatchedDataSource(DataSource pool, StoreWatch watch) {
        super(pool);
        this.watch = watch;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long since = System.nanoTime();
        while (true) {
            if (!watch.answers()) {
                throw new StoreAwayException();
            }
            try {
                return super.getConnection();
            } catch (SQLTransientConnectionException e) {
                watch.report(e);
                boolean patient = !watch.ended() && System.nanoTime() - since < PATIENCE_WHERE_BUSY.toNanos();
                if (watch.answers() && !patient) {
                    throw e;
                }
            }
        }
    }

    /** Thrown without a query to the database if it is already known to be unavailable. */
    static final class StoreAwayException extends SQLTransientConnectionException {

        StoreAwayException() {
            // The message of SQLSTATE 08001 is "Client unable to establish connection".
            super("The database is unavailable; no new attempt was made", "08001");
        }
    }
}
