package dev.cachewarden.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Checks the state of the database over a connection of its own. Only one thread may use it. */
final class StoreProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);

    /** Uses as much disk space as a table that grows by 128 pages, and then frees it. */
    private static final String WRITE = """
            create temporary table cachewarden_write_probe on commit drop as
            select repeat(md5(n::text), 30) as filler from generate_series(1, 1000) n""";

    private final JdbcConnectionDetails details;
    private @Nullable Connection connection;

    StoreProbe(JdbcConnectionDetails details) {
        this.details = details;
    }

    /**
     * Checks the database.
     *
     * @param writing whether to test a write, too
     * @return the problem, or empty if the check succeeded
     */
    Optional<StoreProblem> probe(boolean writing) {
        try {
            var open = connection();
            try (var statement = open.createStatement()) {
                statement.setQueryTimeout(5);
                statement.execute("select 1");
                if (writing) {
                    statement.execute(WRITE);
                }
                open.rollback();
            }
            return Optional.empty();
        } catch (SQLException e) {
            LOG.debug("The database check failed", e);
            close();
            // A wrong password or a missing database is no problem here: all callers that open a connection get that
            // error.
            return StoreProblem.of(e);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null || connection.isClosed()) {
            var properties = new Properties();
            if (details.getUsername() != null) {
                properties.setProperty("user", details.getUsername());
            }
            if (details.getPassword() != null) {
                properties.setProperty("password", details.getPassword());
            }
            properties.setProperty("ApplicationName", "Cachewarden probe");
            properties.setProperty("connectTimeout", "5");
            properties.setProperty("loginTimeout", "10");
            properties.setProperty("socketTimeout", "15");
            connection = DriverManager.getConnection(details.getJdbcUrl(), properties);
            connection.setAutoCommit(false);
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("The connection was already broken", e);
            }
            connection = null;
        }
    }
}
