package dev.cachewarden.store;

import java.sql.SQLException;
import org.springframework.dao.DataIntegrityViolationException;

/** The violation of a unique index. Spring has its own exception for it only if a statement of JDBC causes it. */
public final class UniqueViolation {

    private static final String STATE = "23505";

    private UniqueViolation() {}

    public static boolean isCauseOf(DataIntegrityViolationException failure) {
        return failure.getMostSpecificCause() instanceof SQLException cause && STATE.equals(cause.getSQLState());
    }
}
