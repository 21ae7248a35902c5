package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.history.store.BuilderReading;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PrunePlanner;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.text.CleanText;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** Asks hosts that answer as they like, and checks that nothing comes of it but a right reading, or a reason that can be shown. */
final class Survival {

    static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    static final BuilderId BUILDER = new BuilderId(1);
    static final String ID = "selfselfselfselfself12345";

    /** Limits of every call: many responses never end. That a slow machine takes for one of them what does end changes nothing. */
    static final Map<String, Object> IMPATIENT = Map.of(
            "cachewarden.engine.max-answer-size",
            "4MB",
            "cachewarden.engine.connect-timeout",
            "300ms",
            "cachewarden.engine.call-timeout",
            "300ms",
            "cachewarden.engine.prune-timeout",
            "600ms",
            "cachewarden.engine.prune-idle-timeout",
            "300ms");

    static final int AT_A_TIME = 12;

    /** All calls of a trial together end after a few seconds; only what hangs lasts as long as this. */
    private static final long HANGS_SECONDS = 120;

    private final EnginePorts ports;
    private final HistoryContext history;
    private int readings;

    Survival(EnginePorts ports, HistoryContext history) {
        this.ports = ports;
        this.history = history;
    }

    /** Asks one host. */
    @FunctionalInterface
    interface Trial {
        void run() throws Exception;
    }

    /** Runs trials, a few at a time; each must end. */
    static void all(Map<String, Trial> trials) throws InterruptedException {
        var places = new Semaphore(AT_A_TIME);
        Map<String, Future<?>> running = new LinkedHashMap<>();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (var trial : trials.entrySet()) {
                if (!places.tryAcquire(HANGS_SECONDS, TimeUnit.SECONDS)) {
                    break;
                }
                running.put(trial.getKey(), threads.submit(() -> {
                    try {
                        trial.getValue().run();
                    } finally {
                        places.release();
                    }
                    return null;
                }));
            }
            for (var trial : running.entrySet()) {
                require(trial.getKey(), trial.getValue());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(running).hasSameSizeAs(trials);
    }

    private static void require(String what, Future<?> trial) throws InterruptedException {
        try {
            trial.get(HANGS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            trial.cancel(true);
            throw new AssertionError(what + " hangs", e);
        }
    }

    /** What it is found to be can be stored, or why it cannot be reached can be shown. */
    void probe(String what, HostConnection host) {
        switch (ports.prober().probe(host)) {
            case ProbeResult.Failed failed ->
                assertShowable(what, host, failed.problem().message());
            case ProbeResult.Reached reached -> {
                String json = new JsonMapper().writeValueAsString(reached.capabilities());
                assertThat(history.jdbc().queryForObject("select length((?::jsonb)::text)", Integer.class, json))
                        .as(what)
                        .isBetween(2, 150_000);
            }
        }
    }

    /**
     * What is read can be stored, and only records that can be named are planned.
     *
     * @param mayBeEmpty whether what the host sends is how an empty cache is reported
     */
    void read(String what, HostConnection host, HostCapabilities capabilities, boolean mayBeEmpty) {
        List<CacheRecord> records;
        try {
            records = ports.reader().read(host, capabilities).records();
        } catch (EngineUnreachableException | EngineRefusedException e) {
            assertShowable(what, host, String.valueOf(e.getMessage()));
            return;
        }
        assertThat(!records.isEmpty() || mayBeEmpty)
                .as("%s is read as an empty cache", what)
                .isTrue();
        assertThat(records).as(what).allSatisfy(record -> {
            assertThat(record.description()).hasSizeLessThanOrEqualTo(4_096).doesNotContain("hunter2");
            assertThat(record.id()).matches(CleanText::isCleanLine).hasSizeLessThanOrEqualTo(128);
        });
        store(what, records);
    }

    /** One at a time, as readings of one builder are. */
    private synchronized void store(String what, List<CacheRecord> records) {
        var takenAt = NOON.plusSeconds(++readings);
        BuilderReading reading;
        try {
            reading = BuilderReading.of(new HostId(1), BUILDER, takenAt, Duration.ofMillis(5), records);
        } catch (IllegalArgumentException e) {
            assertThat(String.valueOf(e.getMessage())).as(what).matches(CleanText::isCleanLine);
            return;
        }
        assertThat(history.get(ReadingStore.class).store(reading, true))
                .as(what)
                .isNotNull();
        var plan = PrunePlanner.propose(
                reading.snapshot().records(),
                List.of(PruneRule.unusedFor(Duration.ZERO), PruneRule.atMost(new ByteSize(1))),
                LimitPerRun.ofShare(100),
                takenAt);
        assertThat(plan.deletions()).as(what).allSatisfy(deletion -> {
            assertThat(records)
                    .extracting(CacheRecord::id)
                    .contains(deletion.record().id());
            assertThat(CacheRecord.isBuildKitId(deletion.record().id())).isTrue();
        });
    }

    /** Each prune by others that the host reports happened at a time and reclaimed a size that both can be. */
    void listen(String what, HostConnection host, HostCapabilities capabilities) {
        try {
            var events = ports.events().prunesBetween(host, capabilities, NOON.minusSeconds(60), NOON);
            long sum = 0;
            for (var event : events) {
                sum = Math.addExact(sum, event.reclaimed().bytes());
            }
            assertThat(sum).as(what).isBetween(0L, EngineLimits.MOST_BYTES);
        } catch (EngineUnreachableException | EngineRefusedException e) {
            assertShowable(what, host, String.valueOf(e.getMessage()));
        }
    }

    /** Of an order for one record only that one is reported, once. */
    void prune(String what, HostConnection host, HostCapabilities capabilities) {
        var order = new PruneOrder(host, capabilities, capabilities.engineId(), List.of(ID));
        try {
            var report = ports.pruner()
                    .prune(
                            order,
                            deleted -> assertThat(deleted.recordId()).as(what).isEqualTo(ID));
            assertThat(report.pruned()).as(what).hasSizeLessThanOrEqualTo(1);
            assertThat(report.spaceReclaimed().bytes()).as(what).isLessThanOrEqualTo(EngineLimits.MOST_BYTES);
        } catch (EngineUnreachableException | EngineRefusedException e) {
            assertShowable(what, host, String.valueOf(e.getMessage()));
        }
    }

    static void assertShowable(String what, HostConnection host, String message) {
        assertThat(message)
                .as(what)
                .hasSizeBetween(20, 2_000)
                .contains(host.name())
                .doesNotContain("hunter2");
        assertThat(CleanText.isCleanLine(message)).as("%s: %s", what, message).isTrue();
    }

    /** Files and connections that this process holds open. */
    static long openFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    /** Bytes of the heap that are still referred to. */
    static long heldBytes() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
