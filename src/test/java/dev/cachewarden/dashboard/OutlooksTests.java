package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.outlook.Outlook;
import dev.cachewarden.prune.outlook.Outlooks;
import dev.cachewarden.testing.HostFixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What policies have in mind with a record: rule 1 takes contexts unused for 48 hours, at three in the morning in Berlin. */
class OutlooksTests {

    private final Outlooks outlooks =
            new Outlooks(new FakePolicies(), (builder, records) -> Map.of(), InstantSource.fixed(Fleets.NOW));

    private static WatchedHost host(String env) {
        return new WatchedHost(
                new HostId(1),
                HostFixtures.connection("ci-1", "tcp://ci-1:2375"),
                Map.of("env", env),
                Duration.ofMinutes(1),
                true,
                "ENGINE",
                null,
                new Reachability.Reachable(Fleets.NOW),
                List.of(),
                null,
                null);
    }

    private static CacheSnapshot contextUsed(Instant at) {
        var record = new CacheRecord(
                "ctx", RecordType.SOURCE_LOCAL, List.of(), "", false, false, null, new ByteSize(5), at, at, 1);
        // Beside it so much that the ceiling of a fifth of the cache is far.
        var rest = new CacheRecord(
                "rest", RecordType.REGULAR, List.of(), "", true, false, null, new ByteSize(95), at, at, 1);
        return new CacheSnapshot(new BuilderId(1), Fleets.NOW, List.of(record, rest));
    }

    private List<Outlook> outlooksOf(Instant used) {
        return outlooks.of(host("ci"), contextUsed(used), "ctx").stream()
                .filter(outlook -> outlook.policy().cron() != null)
                .toList();
    }

    @Test
    void tellWhyItStaysAndWhenItGoes() {
        assertThat(outlooksOf(Fleets.NOW.minus(Duration.ofHours(1))))
                .isNotEmpty()
                .allSatisfy(outlook -> {
                    assertThat(outlook.takes()).isFalse();
                    assertThat(outlook.now().text()).isEqualTo("Rule 1: used within 2d");
                    assertThat(outlook.goesAt()).isEqualTo("2026-03-04T02:00:00Z");
                });
    }

    @Test
    void tellThatItWouldGoNow() {
        assertThat(outlooksOf(Fleets.NOW.minus(Duration.ofDays(3))))
                .isNotEmpty()
                .allSatisfy(outlook -> {
                    assertThat(outlook.takes()).isTrue();
                    assertThat(outlook.goesAt()).isEqualTo("2026-03-02T02:00:00Z");
                });
    }

    @Test
    void nothingIsToldOfARecordThatIsNotThere() {
        assertThat(outlooks.of(host("ci"), contextUsed(Fleets.NOW), "other")).isEmpty();
    }
}
