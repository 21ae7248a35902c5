package dev.cachewarden.engine.docker;

import java.io.IOException;
import java.io.Serial;

/** An answer that is no JSON of the expected shape, or holds values that cannot be. */
final class BadAnswerException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    BadAnswerException(String message) {
        super(message);
    }
}
