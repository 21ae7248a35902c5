package dev.cachewarden.store;

import java.sql.SQLTransientConnectionException;

/** The database is known not to answer, so it was not asked. */
final class StoreAwayException extends SQLTransientConnectionException {

    StoreAwayException() {
        // "Client unable to establish connection".
        super("The database does not answer; it was not asked again", "08001");
    }
}
