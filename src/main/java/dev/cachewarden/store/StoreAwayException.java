package dev.cachewarden.store;

import java.sql.SQLTransientConnectionException;

/** Thrown without a query to the database if it is already known to be unavailable. */
final class StoreAwayException extends SQLTransientConnectionException {

    StoreAwayException() {
        // The message of SQLSTATE 08001 is "Client unable to establish connection".
        super("The database is unavailable; no new attempt was made", "08001");
    }
}
