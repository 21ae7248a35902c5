package dev.cachewarden.history.poll;

import static dev.cachewarden.history.ARecord.aRecord;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.HostFixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Polls of simulated hosts, with a real database. */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
abstract class PollingStage {

    static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    static final HostId ONE = new HostId(1);

    static final HistorySettings SETTINGS = HistoryContext.settings(2);

    static final CacheRecord A = aRecord("aaa").build();

    static final CacheRecord B = aRecord("bbb").build();

    @RegisterExtension
    static final HistoryContext context = HistoryContext.at("2026-03-08T12:00:00Z");

    final SettableClock clock = new SettableClock(NOON);

    final FakeProber prober = new FakeProber();

    final FakeHosts hosts = new FakeHosts(prober);

    final FakeReader reader = new FakeReader(clock);

    final UsageHistory history = context.get(UsageHistory.class);

    final DiskMeasuring disks = new DiskMeasuring(prober, hosts, clock);

    final FakeConflicts stored = new FakeConflicts();

    final ConflictWatch conflicts = new ConflictWatch(stored, hosts);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    final ReadingTurns turns = new ReadingTurns(SETTINGS, meters, clock);

    final HostSampling sampling = new HostSampling(
            hosts,
            new HostProbes(prober, SETTINGS, clock),
            reader,
            context.get(ReadingStore.class),
            disks,
            conflicts,
            turns,
            event -> {});

    final Poller poller = new Poller(hosts, sampling, () -> 0.5);

    @BeforeEach
    void startWithOneHost() {
        context.clear();
        addHost("one");
        reader.has("one", A, B);
    }

    @AfterEach
    void stopPolling() {
        poller.close();
    }

    WatchedHost addHost(String name) {
        prober.engineAt("tcp://" + name + ":2375", "ENGINE-" + name);
        var host = hosts.register(HostFixtures.draft(name, "tcp://" + name + ":2375"));
        context.addBuilder(name);
        return host;
    }

    Reachability reachability(HostId id) {
        return hosts.find(id).orElseThrow().reachability();
    }
}
