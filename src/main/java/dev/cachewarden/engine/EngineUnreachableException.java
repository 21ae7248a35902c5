package dev.cachewarden.engine;

import dev.cachewarden.host.HostProblem;
import org.jspecify.annotations.Nullable;

/** Thrown when a host gives no complete, readable answer. The host may have performed the requested operation or not. */
public final class EngineUnreachableException extends RuntimeException {

    private final transient HostProblem problem;

    public EngineUnreachableException(HostProblem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    /** Returns the problem, described for a user. */
    public HostProblem problem() {
        return problem;
    }
}
