package dev.cachewarden.engine.docker;

import java.io.IOException;
import java.io.Serial;

/** Thrown when an answer is not JSON of the expected structure, or contains impossible values. */
final class BadAnswerException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    BadAnswerException(String message) {
        super(message);
    }
}
