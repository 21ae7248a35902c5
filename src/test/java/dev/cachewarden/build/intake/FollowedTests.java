package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowedTests {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    /**
     * Hosts as {@code id:engine}, with {@code !} behind it if it does not answer, {@code -} if it is switched off, {@code ?} if it was never
     * reached. The builder has its host's number. Expected: who is asked, and whose the builds are.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            two engines                                  ¦ 1:a 2:b       ¦         ¦ 1>1 2>2
            the same engine twice                        ¦ 1:a 2:a       ¦         ¦ 1>1
            any order                                    ¦ 2:a 1:a       ¦         ¦ 1>1
            the first is unreachable                     ¦ 1:a! 2:a      ¦         ¦ 2>1
            the first is disabled                        ¦ 1:a- 2:a      ¦         ¦ 2>1
            all are unreachable                          ¦ 1:a! 2:a!     ¦         ¦ 1>1
            the first is removed                         ¦ 2:a           ¦ 2       ¦ 2>2
            the second has builds already                ¦ 1:a 2:a       ¦ 2       ¦ 2>2
            the second has builds, but does not answer   ¦ 1:a 2:a!      ¦ 2       ¦ 1>2
            both have builds                             ¦ 1:a 2:a       ¦ 1 2     ¦ 1>1
            only the third is reachable                  ¦ 1:a! 2:a- 3:a ¦         ¦ 3>1
            all are disabled                             ¦ 1:a- 2:a-     ¦         ¦
            one was never reached                        ¦ 1:? 2:a       ¦         ¦ 2>2
            two that were never reached                  ¦ 1:? 2:?       ¦         ¦
            one disabled without another host            ¦ 1:a- 2:b      ¦         ¦ 2>2
            """)
    void asksEachEngineOnce(String name, String hosts, @Nullable String withBuilds, @Nullable String expected) {
        Set<Long> have = withBuilds == null
                ? Set.of()
                : Arrays.stream(withBuilds.split(" ")).map(Long::valueOf).collect(Collectors.toSet());

        var followed = Followed.of(
                Arrays.stream(hosts.split(" ")).map(FollowedTests::host).toList(),
                builder -> have.contains(builder.value()));

        assertThat(followed.stream()
                        .map(one -> one.host().id() + ">" + one.builder().value())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected == null ? "" : expected);
    }

    private static WatchedHost host(String written) {
        var parts = written.split(":");
        boolean never = parts[1].equals("?");
        return host(
                Long.parseLong(parts[0]),
                never ? null : parts[1].substring(0, 1),
                !parts[1].endsWith("-"),
                parts[1].endsWith("!"));
    }

    static WatchedHost host(long id, @Nullable String engine, boolean enabled, boolean silent) {
        return new WatchedHost(
                new HostId(id),
                new HostConnection(
                        "host-" + id, HostKind.DOCKER_ENGINE, HostAddress.parse("tcp://127.0.0.1:" + id, null)),
                Map.of(),
                Duration.ofSeconds(60),
                enabled,
                engine,
                engine == null ? null : capabilities(engine),
                silent
                        ? new Reachability.Unreachable(
                                NOW, new HostProblem(HostProblem.Cause.REFUSED, "nobody listens"))
                        : new Reachability.Reachable(NOW),
                engine == null
                        ? List.of()
                        : List.of(new Builder(new BuilderId(id), new HostId(id), "default", "docker")),
                null,
                null);
    }

    private static HostCapabilities capabilities(String engine) {
        return new HostCapabilities(
                NOW,
                engine,
                "28.5.2",
                "1.51",
                "v0.25",
                BuildKitUse.DEFAULT,
                ControlAccess.UPGRADE,
                null,
                null,
                false,
                null,
                List.of(),
                List.of());
    }
}
