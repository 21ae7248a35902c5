package dev.cachewarden.store;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be had; told for the person who starts Cachewarden. */
final class StoreUnavailableException extends RuntimeException {

    private final String action;

    /**
     * @param problem what is in the way
     * @param action what to do about it
     */
    StoreUnavailableException(String problem, String action, @Nullable Throwable cause) {
        super(problem, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
