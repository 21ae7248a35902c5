package dev.cachewarden.host.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostBecameUnreachable;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRecovered;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.testing.HostFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reachability and the disk of hosts, as the registry stores them. */
class HostReachabilityTests extends HostRegistryStage {

    @Test
    void storesTheFreeDiskSource() {
        var exporter = DiskSource.parse("http://one:9100/metrics#/srv/docker", null);
        var id = registry.register(asking(exporter)).id();
        assertThat(registry.find(id).orElseThrow().connection().freeDiskFrom()).isEqualTo(exporter);

        var login = DiskSource.parse("ssh://ops@one:2222", Path.of("/keys/one"));
        registry.change(id, asking(login));
        assertThat(registry.find(id).orElseThrow().connection().freeDiskFrom()).isEqualTo(login);

        registry.change(id, asking(DiskSource.LOCAL));
        assertThat(registry.find(id).orElseThrow().connection().freeDiskFrom()).isEqualTo(DiskSource.LOCAL);
    }

    @Test
    void storesTheDiskReadingUntilTheSourceChanges() {
        var exporter = DiskSource.parse("http://one:9100/metrics", null);
        var other = DiskSource.parse("http://two:9100/metrics", null);
        var id = registry.register(asking(exporter)).id();
        var known = new DiskReading.Known(AT, new DiskSpace(ByteSize.parse("9GB"), ByteSize.parse("4GB")));
        assertThat(disk(id)).isNull();

        registry.recordDisk(id, exporter, known);
        assertThat(disk(id)).isEqualTo(known);

        registry.recordDisk(id, other, new DiskReading.Unknown(AT, "of another"));
        assertThat(disk(id)).isEqualTo(known);

        registry.change(id, asking(other));
        assertThat(disk(id)).isNull();
    }

    @Test
    void aProblemOfTheDiskIsKnownSinceItBegan() {
        var exporter = DiskSource.parse("http://one:9100/metrics", null);
        var id = registry.register(asking(exporter)).id();

        registry.recordDisk(id, exporter, new DiskReading.Unknown(AT, "It is down."));
        registry.recordDisk(id, exporter, new DiskReading.Unknown(AT.plusSeconds(60), "It is down."));
        assertThat(disk(id)).isEqualTo(new DiskReading.Unknown(AT, "It is down."));

        registry.recordDisk(id, exporter, new DiskReading.Unknown(AT.plusSeconds(90), "It is ill."));
        assertThat(disk(id)).isEqualTo(new DiskReading.Unknown(AT.plusSeconds(90), "It is ill."));
    }

    @Test
    void ignoresTheDiskOfARemovedHost() {
        registry.recordDisk(new HostId(99), DiskSource.LOCAL, new DiskReading.Unknown(AT, "gone"));

        assertThat(registry.all()).isEmpty();
    }

    private static final Instant AT = Instant.parse("2026-03-08T12:00:00Z");

    private static HostDraft asking(DiskSource source) {
        var plain = HostFixtures.connection("one", "tcp://one:2375");
        return new HostDraft(
                new HostConnection("one", plain.kind(), plain.address(), source),
                Map.of(),
                Duration.ofMinutes(1),
                true);
    }

    @Test
    void recordProbeRefusesAnotherEngine() {
        var host = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertThatThrownBy(() -> registry.recordProbe(host.id(), HostFixtures.engine("ENGINE-2")))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith(
                        "Engine ENGINE-2 responds at tcp://one:2375, but one is registered as engine ENGINE-1");
    }

    @Test
    void reachabilityKeepsItsBeginningWhileItLasts() {
        var id = registry.register(HostFixtures.draft("one", "tcp://one:2375")).id();
        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s"));
        var since = reachability(id).since();
        long version = version();

        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s"));
        assertThat(version()).as("nothing was written").isEqualTo(version);

        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens"));
        assertThat(reachability(id))
                .isEqualTo(new Reachability.Unreachable(
                        since, new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens")));

        registry.recordReachable(id);
        assertThat(reachability(id)).isInstanceOf(Reachability.Reachable.class);
        version = version();
        registry.recordReachable(id);
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void beginningAndEndOfAnOutageArePublishedOnce() {
        var id = registry.register(HostFixtures.draft("one", "tcp://one:2375")).id();
        var problem = new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s");

        registry.recordReachable(id);
        registry.recordUnreachable(id, problem);
        var since = reachability(id).since();
        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens"));
        registry.recordReachable(id);
        registry.recordReachable(id);

        assertThat(committed.unreachable).containsExactly(new HostBecameUnreachable(id, problem, since));
        assertThat(committed.recovered)
                .containsExactly(new HostRecovered(id, since, reachability(id).since()));
    }

    @Test
    void timesDoNotDependOnTheSessionTimeZone() {
        var before = Instant.now();
        var host = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertThat(reachability(host.id()).since())
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(host.capabilities())
                .isNotNull()
                .satisfies(c -> assertThat(c.probedAt()).isEqualTo(HostFixtures.PROBED_AT));
    }

    private static long version() {
        var version = database.jdbc().queryForObject("select version from host", Long.class);
        assertThat(version).isNotNull();
        return version;
    }
}
