package dev.cachewarden.engine;

import java.io.Serial;

/** Thrown when an answer contains impossible values or exceeds a limit. The message completes a sentence about the answer. */
public final class BadMessageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public BadMessageException(String message) {
        super(message);
    }
}
