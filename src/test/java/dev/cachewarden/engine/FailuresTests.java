package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Failures that a test cannot provoke for real on every machine. */
class FailuresTests {

    private static final HostConnection SOCKET = host("unix:///run/docker.sock");
    private static final HostConnection PORT = host("tcp://10.0.0.5:2375");

    @Test
    void socketThatMayNotBeOpened() {
        assertThat(problem(SOCKET, new SocketException("Permission denied")))
                .isEqualTo(new HostProblem(
                        Cause.FORBIDDEN,
                        "Permission denied for /run/docker.sock (ci-1). Add the Cachewarden user to the group that"
                                + " owns the socket,"
                                + " usually docker"));
    }

    @Test
    void noRoute() {
        assertThat(problem(PORT, new NoRouteToHostException("No route to host")))
                .isEqualTo(new HostProblem(
                        Cause.NO_ROUTE, "There is no network route to ci-1 at tcp://10.0.0.5:2375: No route to host"));
    }

    @Test
    void connectionThatDoesNotStandInTime() {
        assertThat(problem(PORT, new SocketTimeoutException("Connect timed out")))
                .isEqualTo(new HostProblem(
                        Cause.TIMEOUT,
                        "ci-1 at tcp://10.0.0.5:2375 did not respond to GET /info in time. Check that the machine"
                                + " is running and that"
                                + " no firewall blocks the connection"));
    }

    @Test
    void findsTheCauseInsideWrappers() {
        var wrapped = new RuntimeException(new IOException(new SocketException("Permission denied")));

        assertThat(problem(SOCKET, wrapped).cause()).isEqualTo(Cause.FORBIDDEN);
    }

    @Test
    void unknownFailureReportsItsRootCause() {
        assertThat(problem(PORT, new RuntimeException("outer", new IOException("Broken pipe"))))
                .isEqualTo(new HostProblem(
                        Cause.BAD_ANSWER,
                        "ci-1 at tcp://10.0.0.5:2375 failed to respond to GET /info: IOException (Broken pipe)"));
    }

    @Test
    void formatsLimitsInSecondsOrMilliseconds() {
        var failures = new Failures(PORT);

        assertThat(failures.timeout("GET /info", Duration.ofSeconds(30)))
                .hasMessage("ci-1 at tcp://10.0.0.5:2375 did not respond to GET /info within 30 s. The engine may be"
                        + " overloaded");
        assertThat(failures.timeout("GET /info", Duration.ofMillis(1_500))).hasMessageContaining("within 1.5 s");
    }

    @Test
    void timeoutOfAPausedProcessIsNoHostProblem() {
        var clock = new AtomicLong();
        var failures = new Failures(PORT);
        try (var use = new RunningTime(clock::get).use()) {
            var timeout = failures.timeout("GET /info", Duration.ofSeconds(30));
            assertThat(failures.orDelayed(timeout, use)).isSameAs(timeout);
            clock.addAndGet(Duration.ofSeconds(40).toNanos());

            assertThat(failures.orDelayed(timeout, use).problem())
                    .isEqualTo(new HostProblem(
                            Cause.DELAYED,
                            "Cachewarden was too busy to read ci-1 at tcp://10.0.0.5:2375: it could not run"
                                    + " for 39.8 s of 40 s. This is not a problem of the host. Cachewarden reads it again"
                                    + " at the next poll"));
            var refused = failures.of("GET /info", new SocketException("Permission denied"));
            assertThat(failures.orDelayed(refused, use)).as("not a timeout").isSameAs(refused);
        }
    }

    private static HostProblem problem(HostConnection host, Throwable failure) {
        return new Failures(host).of("GET /info", failure).problem();
    }

    private static HostConnection host(String address) {
        return new HostConnection("ci-1", HostKind.DOCKER_ENGINE, HostAddress.parse(address, null));
    }
}
