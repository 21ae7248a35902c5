package dev.cachewarden.engine.buildkit;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cachewarden.engine.BadMessageException;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.Failures;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.text.CleanText;
import dev.cachewarden.text.Secrets;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts gRPC failures to exceptions with a description. */
final class GrpcFailures {

    private static final int LONGEST = 300;
    private static final int DEEPEST_CAUSE = 20;

    private final HostConnection host;
    private final Failures failures;

    GrpcFailures(HostConnection host) {
        this.host = host;
        this.failures = new Failures(host);
    }

    Failures plain() {
        return failures;
    }

    /** Returns true if the failure concerns the connection, and not only the call. */
    static boolean breaksConnection(RuntimeException failure) {
        var status = Status.fromThrowable(failure);
        return switch (status.getCode()) {
            case UNAVAILABLE, INTERNAL, DEADLINE_EXCEEDED -> true;
            default -> String.valueOf(status.getDescription()).startsWith(GrpcUpgrade.ENDPOINT);
        };
    }

    RuntimeException toException(String endpoint, Duration limit, RuntimeException failure) {
        return switch (failure) {
            case BadMessageException bad -> failures.badAnswer(endpoint, String.valueOf(bad.getMessage()), bad);
            case StatusRuntimeException status -> toException(endpoint, limit, status.getStatus(), status);
            default -> failure;
        };
    }

    private RuntimeException toException(String endpoint, Duration limit, Status status, Throwable failure) {
        // Netty appends its pipeline on further lines, and gRPC appends the response of a web server.
        String detail = String.valueOf(status.getDescription())
                .lines()
                .findFirst()
                .map(line -> CleanText.line(Secrets.redact(line), LONGEST))
                .orElse("");
        String unreadable = unreadable(failure);
        if (unreadable != null) {
            return failures.badAnswer(endpoint, unreadable, failure);
        }
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> failures.timeout(endpoint, limit);
            case CANCELLED ->
                status.getCause() instanceof InterruptedException
                        ? failures.interrupted(endpoint)
                        : failures.badAnswer(endpoint, "the server canceled the call (" + detail + ")", failure);
            case RESOURCE_EXHAUSTED -> failures.badAnswer(endpoint, tooLarge(detail), failure);
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                failures.problem(HostProblem.Cause.FORBIDDEN, failures.who() + " denies access: " + detail, failure);
            case UNAVAILABLE, INTERNAL, UNKNOWN -> broken(endpoint, status, detail, failure);
            default ->
                new EngineRefusedException(
                        host.name(), endpoint, status.getCode().name(), detail);
        };
    }

    /** Returns why a received message could not be read, or null if the failure has another reason. */
    private static @Nullable String unreadable(Throwable failure) {
        var cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof BadMessageException bad) {
                return bad.getMessage();
            }
            if (cause instanceof InvalidProtocolBufferException) {
                return "it is not a BuildKit message";
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static String tooLarge(String detail) {
        return detail.contains("message exceeds maximum size") || detail.contains("Decompressed gRPC message")
                ? "a message is larger than cachewarden.engine.limits.max-message-size allows (" + detail + ")"
                : "it is larger than allowed (" + detail + ")";
    }

    private RuntimeException broken(String endpoint, Status status, String detail, Throwable failure) {
        String words = (detail + " " + (status.getCause() == null ? "" : status.getCause())).toLowerCase(Locale.ROOT);
        if (words.contains("first received frame was not settings")
                || words.contains("http/1.")
                || words.contains("http status")
                || words.contains("invalid content-type")
                || words.contains("alpn negotiation")
                || words.contains("no_application_protocol")) {
            return failures.notAnEngine("it does not speak gRPC", failure);
        }
        if (words.contains("header size exceeded") || words.contains("headers too large")) {
            return failures.badAnswer(
                    endpoint,
                    "its headers or trailers are larger than cachewarden.engine.limits.max-metadata-size allows",
                    failure);
        }
        if (status.getCause() != null) {
            return failures.of(endpoint, status.getCause());
        }
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            return failures.badAnswer(endpoint, detail, failure);
        }
        // BuildKit reports its own errors as UNKNOWN.
        return new EngineRefusedException(
                host.name(), endpoint, status.getCode().name(), detail);
    }
}
