package dev.cachewarden.simulator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordGraphTests {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;
    private final RecordGraph graph = new RecordGraph(1, () -> now, DescriptionStyle.BUILDKIT_0_13);

    @Test
    void sameSeedAndBuildsGiveSameRecords() {
        var other = new RecordGraph(1, () -> now, DescriptionStyle.BUILDKIT_0_13);
        graph.build(web(1));
        other.build(web(1));
        assertThat(graph.views()).containsExactlyInAnyOrderElementsOf(other.views());
        assertThat(graph.views()).extracting(RecordView::id).allMatch(id -> id.matches("[a-z0-9]{25}"));
    }

    @Test
    void anotherSeedGivesOtherIds() {
        var other = new RecordGraph(2, () -> now, DescriptionStyle.BUILDKIT_0_13);
        graph.build(web(1));
        other.build(web(1));
        assertThat(ids(graph)).doesNotContainAnyElementsOf(ids(other));
    }

    @Test
    void aSecondBuildHitsWhatIsThere() {
        graph.build(web(1));
        now = START.plus(Duration.ofHours(1));
        var second = graph.build(web(1));
        assertThat(second.misses()).isZero();
        assertThat(graph.views())
                .allMatch(record -> record.usageCount() == 2)
                .allMatch(record -> now.equals(record.lastUsedAt()))
                .allMatch(record -> START.equals(record.createdAt()));
    }

    @Test
    void changedSourceMissesFromTheCopyOn() {
        graph.build(web(1));
        var second = graph.build(web(2));
        // Base, source folder, cache mount, WORKDIR and the install before the copy are found.
        assertThat(second.misses()).isEqualTo(2);
    }

    @Test
    void describesStepsAsBuildKitDoes() {
        graph.build(web(1));
        assertThat(graph.views())
                .extracting(RecordView::description)
                .contains(
                        "pulled from docker.io/library/node:22",
                        "local source for context",
                        "[build 4/5] COPY . .",
                        "mount / from exec /bin/sh -c npm ci",
                        "cached mount /root/.npm from exec /bin/sh -c npm ci with id \"//root/.npm\"");
    }

    @Test
    void describesStepsAsBuildKit08Does() {
        var old = new RecordGraph(1, () -> now, DescriptionStyle.BUILDKIT_0_8);
        old.build(web(1));
        assertThat(old.views())
                .extracting(RecordView::description)
                .contains("fileop target", "cached mount /root/.npm from exec /bin/sh -c npm ci");
    }

    @Test
    void recordsOfARunningBuildAreInUseAndUnused() {
        var running = graph.begin(web(1));
        assertThat(graph.views()).allMatch(RecordView::inUse).allMatch(record -> record.lastUsedAt() == null);
        assertThat(graph.views())
                .filteredOn(RecordView::mutable)
                .hasSizeGreaterThan(2)
                .allMatch(record -> record.size() == 0);
        assertThat(graph.views()).extracting(RecordView::type).doesNotContain("source.local");
        running.finish();
        assertThat(graph.views()).noneMatch(RecordView::inUse).allMatch(record -> record.usageCount() == 1);
        assertThat(graph.views()).extracting(RecordView::type).contains("source.local");
    }

    @Test
    void holdingAChildHoldsItsParents() {
        String parent = graph.add(RecordDraft.of("regular", "parent", 1));
        String child = graph.add(RecordDraft.of("regular", "child", 1).on(parent));
        graph.hold(child);
        assertThat(graph.views()).allMatch(RecordView::inUse);
        graph.release(child);
        assertThat(graph.views()).noneMatch(RecordView::inUse);
    }

    @Test
    void exportingMakesTheChainSharedUntilTheImageGoes() {
        var spec = BuildSpec.builder()
                .source("context", 10)
                .from("alpine", 5)
                .run("make", 7)
                .exportedAs("app:1");
        graph.build(spec);
        assertThat(graph.views())
                .filteredOn(RecordView::shared)
                .extracting(RecordView::size)
                .containsExactlyInAnyOrder(5L, 7L);
        graph.removeImage("app:1");
        assertThat(graph.views()).noneMatch(RecordView::shared);
    }

    @Test
    void mergesHaveSeveralParents() {
        var builder = BuildSpec.builder().from("alpine", 5);
        int base = builder.mark();
        builder.from("node", 6);
        var report = graph.build(builder.mergeOnto("[stage-1 2/2] COPY --link /a /b", base, builder.mark())
                .build());
        var merge = graph.find(record -> record.id().equals(report.recordIds().getLast()));
        assertThat(merge)
                .isNotNull()
                .extracting(RecordView::parents)
                .isEqualTo(report.recordIds().subList(0, 2));
    }

    @Test
    void hitsAreFoundAmongManyRecordsAndAfterPrunes() {
        for (int i = 0; i < 200; i++) {
            graph.build(web(i));
        }
        assertThat(graph.build(web(77)).misses()).isZero();
        var pruning = new Pruning(graph, PruneOptions.everything(), PruneRules.NEWEST, 0);
        while (pruning.next() != null) {}
        assertThat(graph.size()).isZero();
        assertThat(graph.build(web(77)).hits()).isZero();
    }

    private static List<String> ids(RecordGraph graph) {
        return graph.views().stream().map(RecordView::id).toList();
    }

    private static BuildSpec web(long content) {
        return BuildSpec.builder()
                .source("context", 1000)
                .from("docker.io/library/node:22", 100)
                .copy("[build 2/5] WORKDIR /app", 0)
                .run("npm ci", 50, "/root/.npm", 30)
                .content(content)
                .copy("[build 4/5] COPY . .", 20)
                .run("npm run build", 40)
                .build();
    }
}
