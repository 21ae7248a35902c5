package dev.cachewarden.engine.buildkit;

import java.io.Serial;

/** A message that holds values that cannot be. */
final class BadMessageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    BadMessageException(String message) {
        super(message);
    }
}
