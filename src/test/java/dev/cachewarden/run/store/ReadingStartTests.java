package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDocument.Watermark;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs.RunFilter;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Policies set off by what a reading shows. */
class ReadingStartTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final PruneStage stage = new PruneStage(database);
    private final Consumer<UsageSampled> watcher = WatchParts.watcher(
            stage.policies,
            stage.fleet,
            stage.fleet,
            stage.fleet,
            stage.planning.targets(),
            stage.start,
            JdbcClient.create(database.dataSource()),
            stage.clock);
    private FakeHost host;

    @BeforeEach
    void aHostWithTenMegabytes() {
        database.clear();
        host = stage.host(1, "engine-1");
        for (int i = 0; i < 10; i++) {
            host.with(aRecord("r" + i).usedDaysAgo(20 - i).megabytes(1).record());
        }
    }

    @Test
    void beginAboveTheHighWatermarkAndStopAtTheLowOne() {
        var policy = policy(watermark("9MB", "4MB"), "0");

        read();

        assertThat(host.records).containsOnlyKeys("r6", "r7", "r8", "r9");
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.request().trigger()).isEqualTo(RunTrigger.WATERMARK);
            assertThat(run.request().by().name()).isEqualTo("watermark");
        });
        assertThat(lastResult(policy)).isEqualTo("Watermark of host-1: 1 run of 6 records, 5.7 MiB.");
    }

    @Test
    void measuresTheDiskForAWatermark() {
        policy(new Watermark("FREE_DISK", "20GB", "30GB"), "0");
        host.lastDisk = disk("10GB");
        host.diskFree = ByteSize.parse("20GB");
        read();
        assertThat(runs()).isEmpty();

        host.lastDisk = disk("90GB");
        host.diskFree = ByteSize.parse("19GB");
        read();

        assertThat(runs())
                .singleElement()
                .extracting(run -> run.request().trigger())
                .isEqualTo(RunTrigger.WATERMARK);
    }

    @Test
    void doesNotReachAWatermarkIfTheDiskIsUnknown() {
        var policy = policy(new Watermark("FREE_DISK", "20GB", "30GB"), "0");
        host.lastDisk = disk("1GB");
        host.diskFree = null;

        read();

        assertThat(runs()).isEmpty();
        assertThat(stage.policies.find(policy.id()).orElseThrow().lastStartAt()).isNull();
    }

    private static DiskReading disk(String free) {
        return new DiskReading.Known(NOW, new DiskSpace(ByteSize.parse("100GB"), ByteSize.parse(free)));
    }

    @Test
    void doNothingUpToTheHighWatermark() {
        policy(watermark("10MB", "4MB"), "0");

        read();

        assertThat(runs()).isEmpty();
    }

    @Test
    void doNotBeginAgainWithEachReadingWhereNothingMoreCanGo() {
        var policy = policy(watermark("9MB", "4MB"), "0");
        host.records.clear();
        host.with(aRecord("young").usedDaysAgo(0).megabytes(20).record());

        read();
        assertThat(lastResult(policy)).isEqualTo("Watermark of host-1: nothing to delete on 1 host.");
        var started = stage.policies.find(policy.id()).orElseThrow().lastStartAt();
        stage.clock.advance(Duration.ofMinutes(9));
        read();
        assertThat(stage.policies.find(policy.id()).orElseThrow().lastStartAt()).isEqualTo(started);

        stage.clock.advance(Duration.ofMinutes(1));
        read();
        assertThat(stage.policies.find(policy.id()).orElseThrow().lastStartAt()).isAfter(started);
    }

    @Test
    void beginOnceNothingIsInUseAnyMore() {
        afterBuilds();
        host.with(aRecord("building").inUse().record());
        read();
        assertThat(runs()).isEmpty();

        stage.clock.advance(Duration.ofMinutes(1));
        host.records.remove("building");
        read();

        assertThat(runs())
                .singleElement()
                .extracting(run -> run.request().trigger())
                .isEqualTo(RunTrigger.AFTER_BUILDS);
    }

    @Test
    void detectsNoBuildEndAfterAStaleSnapshot() {
        afterBuilds();
        host.with(aRecord("building").inUse().record());
        read();
        host.records.remove("building");
        stage.clock.advance(Duration.ofMinutes(4));

        read();

        assertThat(runs()).isEmpty();
    }

    @Test
    void leaveAHostToThePolicyOfHigherPriority() {
        var policy = policy(watermark("9MB", "4MB"), "0");
        policy((Watermark) null, "1");

        read();

        assertThat(runs()).isEmpty();
        assertThat(lastResult(policy))
                .isEqualTo("Watermark of host-1: skipped 1 host"
                        + " (host-1: Policy p1 takes precedence: priority 1 is higher than 0.).");
    }

    @Test
    void waitForTheWindow() {
        policy(watermark("9MB", "4MB"), false, "22:00-06:00", "0");
        read();
        assertThat(runs()).isEmpty();

        stage.clock.advance(Duration.ofHours(10));
        read();
        assertThat(runs()).hasSize(1);
    }

    private static Watermark watermark(String start, String stop) {
        return new Watermark("CACHE", start, stop);
    }

    private void read() {
        watcher.accept(stage.fleet.sampled(host));
        stage.tick();
    }

    private void afterBuilds() {
        policy(null, true, null, "0");
    }

    private PolicyView policy(@Nullable Watermark watermark, String priority) {
        return policy(watermark, false, null, priority);
    }

    private PolicyView policy(
            @Nullable Watermark watermark, boolean afterBuilds, @Nullable String window, String priority) {
        return stage.policies.create(
                new PolicyDocument(
                        "p" + priority,
                        "ENFORCE",
                        true,
                        "",
                        priority,
                        List.of(PolicyDocument.Rule.of(List.of(), "1d", null, null)),
                        List.of(),
                        null,
                        null,
                        watermark,
                        afterBuilds,
                        window,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        null,
                        PolicyDocument.Guards.NONE),
                "ada");
    }

    private List<RunView> runs() {
        return stage.runs.list(RunFilter.ALL, null, 100).items();
    }

    private String lastResult(PolicyView policy) {
        return String.valueOf(stage.policies.find(policy.id()).orElseThrow().lastStartResult());
    }
}
