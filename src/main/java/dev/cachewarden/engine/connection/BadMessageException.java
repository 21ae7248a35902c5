package dev.cachewarden.engine.connection;

import java.io.Serial;

/** An answer with values that cannot be, or beyond a bound. The message completes a sentence about the answer. */
public final class BadMessageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public BadMessageException(String message) {
        super(message);
    }
}
