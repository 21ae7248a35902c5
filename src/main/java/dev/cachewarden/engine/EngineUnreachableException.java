package dev.cachewarden.engine;

import dev.cachewarden.host.Trouble;
import org.jspecify.annotations.Nullable;

/** Thrown when a host gives no complete, readable answer. The host may have performed the requested operation or not. */
public final class EngineUnreachableException extends RuntimeException {

    private final transient Trouble trouble;

    public EngineUnreachableException(Trouble trouble, @Nullable Throwable cause) {
        super(trouble.message(), cause);
        this.trouble = trouble;
    }

    /** Returns the problem, described for a user. */
    public Trouble trouble() {
        return trouble;
    }
}
