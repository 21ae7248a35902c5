package dev.cachewarden.store;

import org.jspecify.annotations.Nullable;

/** Thrown if the embedded PostgreSQL is unavailable. Its text is for the administrator who starts Cachewarden. */
final class StoreUnavailableException extends RuntimeException {

    private final String action;

    /**
     * Creates an exception.
     *
     * @param problem the problem
     * @param action the next step for the administrator
     */
    StoreUnavailableException(String problem, String action, @Nullable Throwable cause) {
        super(problem, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
