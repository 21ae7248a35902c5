package dev.cachewarden.engine;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Converts failures of one host to problems with a cause and a message. The message states what happened and what to do. */
public final class Failures {

    private final HostConnection host;

    public Failures(HostConnection host) {
        this.host = host;
    }

    /** Reports that no complete answer arrived in time. */
    public EngineUnreachableException timeout(String endpoint, Duration limit) {
        return problem(
                Cause.TIMEOUT,
                who() + " did not respond to " + endpoint + " within " + Durations.text(limit)
                        + ". The engine may be overloaded",
                null);
    }

    /**
     * Returns the given failure, or an exception that reports a delay of Cachewarden. It does the latter if the failure is a timeout and
     * the process lost more than 20 percent of the time. Such a timeout is not a problem of the host.
     */
    public EngineUnreachableException orDelayed(EngineUnreachableException found, RunningTime.Use meanwhile) {
        if (found.problem().cause() != Cause.TIMEOUT || !meanwhile.delayed()) {
            return found;
        }
        return problem(
                Cause.DELAYED,
                "Cachewarden was too busy to read " + who() + ": it could not run for "
                        + Durations.rounded(meanwhile.lost()) + " of " + Durations.rounded(meanwhile.lasted())
                        + ". This is not a problem of the host. Cachewarden reads it again at the next poll",
                found);
    }

    /** Reports that the calling thread was interrupted while it waited. */
    public EngineUnreachableException interrupted(String endpoint) {
        return problem(Cause.TIMEOUT, "The request to " + who() + " for " + endpoint + " was interrupted", null);
    }

    /**
     * Reports an unusable answer.
     *
     * @param what description, as the rest of a sentence that begins with the host
     */
    public EngineUnreachableException badAnswer(String endpoint, String what, @Nullable Throwable failure) {
        return problem(Cause.BAD_ANSWER, who() + " returned an invalid response to " + endpoint + ": " + what, failure);
    }

    /** Reports that another service listens at the address. */
    public EngineUnreachableException notAnEngine(String what, @Nullable Throwable failure) {
        String expected = host.kind() == HostKind.BUILDKITD ? "a buildkitd" : "a Docker Engine";
        return problem(
                Cause.NOT_AN_ENGINE,
                "The service at " + host.address().text() + " (" + host.name() + ") is not " + expected + ": " + what
                        + ". Check the port",
                failure);
    }

    /** Reports a redirect. Cachewarden never follows redirects, because their target is not a registered host. */
    public EngineUnreachableException redirected(String endpoint, int status) {
        return problem(
                Cause.NOT_AN_ENGINE,
                who() + " returned a redirect: " + endpoint + " returned " + status
                        + ". Cachewarden does not follow redirects. Enter the address of the engine itself",
                null);
    }

    /** Reports that the port requires TLS, but Cachewarden used a plain connection. */
    public EngineUnreachableException speaksTls() {
        String custom = host.kind() == HostKind.DOCKER_ENGINE ? " (usually 2375)" : "";
        return problem(
                Cause.TLS, who() + " requires TLS. Set the TLS files, or use the port without TLS" + custom, null);
    }

    /** Reports a problem with the given cause and message. */
    public EngineUnreachableException problem(Cause cause, String message, @Nullable Throwable failure) {
        return new EngineUnreachableException(new HostProblem(cause, message), failure);
    }

    /** Returns the most specific problem that the causes of a failure show. */
    public EngineUnreachableException of(String endpoint, Throwable failure) {
        return causes(failure)
                .map(cause -> recognise(endpoint, cause))
                .filter(it -> it != null)
                .findFirst()
                .map(it -> new EngineUnreachableException(it, failure))
                .orElseGet(() -> problem(
                        Cause.BAD_ANSWER,
                        who() + " failed to respond to " + endpoint + ": " + lastWords(failure),
                        failure));
    }

    /** Returns the name and address of the host. */
    public String who() {
        return host.name() + " at " + host.address().text();
    }

    private @Nullable HostProblem recognise(String endpoint, Throwable cause) {
        if (cause instanceof EngineUnreachableException known) {
            return known.problem();
        }
        if (cause instanceof SSLException tls) {
            return new HostProblem(Cause.TLS, TlsFailures.explain(host, tls));
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return new HostProblem(
                    Cause.NO_ROUTE,
                    "The name in " + host.address().text() + " (" + host.name() + ") cannot be resolved");
        }
        String detail = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (host.address() instanceof HostAddress.UnixSocket socket) {
            return recogniseSocket(socket, cause, detail);
        }
        if (host.address() instanceof HostAddress.TlsTcp tls
                && cause instanceof SocketException
                && (detail.contains("broken pipe") || detail.contains("connection reset"))) {
            // Since TLS 1.3, a server checks the client certificate after the handshake. The connection may close
            // before the alert is read.
            return new HostProblem(
                    Cause.TLS,
                    who() + " closed the connection without a response (" + cause.getMessage()
                            + "). The server may have rejected the client certificate "
                            + tls.files().certificate()
                            + ". Check that it is valid and signed by a CA that the server trusts");
        }
        return recogniseNetwork(endpoint, cause, detail);
    }

    private @Nullable HostProblem recogniseSocket(HostAddress.UnixSocket socket, Throwable cause, String detail) {
        if (cause instanceof NoSuchFileException
                || cause instanceof FileNotFoundException
                || detail.contains("no such file")) {
            return new HostProblem(
                    Cause.REFUSED,
                    "The socket file " + socket.path() + " (" + host.name()
                            + ") does not exist. Check that the engine is running and listens there");
        }
        if (cause instanceof AccessDeniedException || detail.contains("permission denied")) {
            return new HostProblem(
                    Cause.FORBIDDEN,
                    "Permission denied for " + socket.path() + " (" + host.name()
                            + "). Add the Cachewarden user to the group that owns the socket, usually docker");
        }
        if (detail.contains("connection refused")) {
            return new HostProblem(
                    Cause.REFUSED,
                    "No process listens on the socket file " + socket.path() + " (" + host.name()
                            + "). Check that the engine is running");
        }
        return null;
    }

    private @Nullable HostProblem recogniseNetwork(String endpoint, Throwable cause, String detail) {
        if (cause instanceof SocketTimeoutException || detail.contains("timed out")) {
            return new HostProblem(
                    Cause.TIMEOUT,
                    who() + " did not respond to " + endpoint
                            + " in time. Check that the machine is running and that no firewall blocks the connection");
        }
        if (cause instanceof NoRouteToHostException || detail.contains("unreachable")) {
            return new HostProblem(Cause.NO_ROUTE, "There is no network route to " + who() + ": " + cause.getMessage());
        }
        if (cause instanceof ConnectException && detail.contains("refused")) {
            return new HostProblem(
                    Cause.REFUSED,
                    who() + " refused the connection. Check that the engine is running and listens on this address");
        }
        return null;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, it -> it != null, Throwable::getCause)
                .limit(20);
    }

    private static String lastWords(Throwable failure) {
        var root = causes(failure).reduce(failure, (before, last) -> last);
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : " (" + root.getMessage() + ")");
    }
}
