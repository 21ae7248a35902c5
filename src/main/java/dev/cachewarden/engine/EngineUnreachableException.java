package dev.cachewarden.engine;

import dev.cachewarden.host.Trouble;
import org.jspecify.annotations.Nullable;

/** No whole, readable answer came from a host. What was asked may or may not have been done there. */
public final class EngineUnreachableException extends RuntimeException {

    private final transient Trouble trouble;

    public EngineUnreachableException(Trouble trouble, @Nullable Throwable cause) {
        super(trouble.message(), cause);
        this.trouble = trouble;
    }

    /** What is wrong, told for a person. */
    public Trouble trouble() {
        return trouble;
    }
}
