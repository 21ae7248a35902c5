package dev.cachewarden.engine;

import dev.cachewarden.host.HostProblem;

/** Thrown when a host answers with an error: an HTTP status of 400 or above, or a gRPC status other than OK. */
public final class EngineRefusedException extends RuntimeException {

    private final String status;
    private final String endpoint;
    private final transient HostProblem problem;

    /**
     * @param host name of the host
     * @param endpoint the requested endpoint, such as {@code GET /v1.51/system/df} or {@code Control/Prune}
     * @param status such as {@code 400} or {@code UNIMPLEMENTED}
     * @param reason error message of the engine, or empty
     */
    public EngineRefusedException(String host, String endpoint, String status, String reason) {
        var problem = new HostProblem(
                HostProblem.Cause.ENGINE_ERROR,
                host + " refused " + endpoint + " with " + status + (reason.isBlank() ? "" : ": " + reason));
        super(problem.message());
        this.problem = problem;
        this.status = status;
        this.endpoint = endpoint;
    }

    public String status() {
        return status;
    }

    public String endpoint() {
        return endpoint;
    }

    /** Returns the error as a problem of the host. */
    public HostProblem problem() {
        return problem;
    }
}
