package dev.cachewarden.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A temporary state of the database that makes valid requests fail. They succeed later. */
public enum StoreProblem {
    /** The server does not respond, or it is starting, stopping, or recovering. */
    AWAY(
            "Database unavailable",
            "The database is unreachable. Cachewarden reconnects automatically. Repeat the request later.",
            Duration.ofSeconds(5)),
    /** The disk is full, so no data can be stored. */
    FULL(
            "Database disk full",
            "The disk of the database is full, so Cachewarden cannot save data. Free some disk space. Then repeat"
                    + " the request.",
            Duration.ofSeconds(60)),
    /** The server rejects writes, for example after a failover to a standby server. */
    READ_ONLY(
            "Database read-only",
            "The database is read-only, so Cachewarden cannot save data. Make it writable, or point Cachewarden to"
                    + " the primary"
                    + " server.",
            Duration.ofSeconds(60)),
    /** The server had no connection or no memory left for this request. */
    BUSY(
            "Database busy",
            "No database connection was available in time. Repeat the request later.",
            Duration.ofSeconds(5));

    private final String title;
    private final String explanation;
    private final Duration retryAfter;

    StoreProblem(String title, String explanation, Duration retryAfter) {
        this.title = title;
        this.explanation = explanation;
        this.retryAfter = retryAfter;
    }

    /** Returns the name of the state in a few words. */
    public String title() {
        return title;
    }

    /** Returns the meaning of the state and the next step. */
    public String explanation() {
        return explanation;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Returns the title in lower case, with hyphens. */
    public String slug() {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** Returns the state of the database that caused a failure, or empty if the failure has another cause. */
    public static Optional<StoreProblem> of(Throwable failure) {
        Throwable at = failure;
        // The limit is deeper than any real chain of causes, and ends a loop in the chain.
        for (int depth = 0; at != null && depth < 50; depth++) {
            if (at instanceof SQLException sql) {
                var found = of(sql);
                if (found.isPresent()) {
                    return found;
                }
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    /** Evaluates the SQLSTATE; see the appendix "PostgreSQL Error Codes". */
    private static Optional<StoreProblem> of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "53100" -> Optional.of(FULL);
            // This is an I/O error. Only its message distinguishes a full disk from a broken one.
            case "58030" ->
                String.valueOf(failure.getMessage()).contains("No space left") ? Optional.of(FULL) : Optional.empty();
            case "53200", "53300" -> Optional.of(BUSY);
            case "25006" -> Optional.of(READ_ONLY);
            case "57P01", "57P02", "57P03", "57P05" -> Optional.of(AWAY);
            default -> {
                if (state.startsWith("08")) {
                    yield Optional.of(AWAY);
                }
                // The connection pool had no free connection.
                yield failure instanceof SQLTransientConnectionException ? Optional.of(BUSY) : Optional.empty();
            }
        };
    }
}
