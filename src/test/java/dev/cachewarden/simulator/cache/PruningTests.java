package dev.cachewarden.simulator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruningTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long DISK_FREE = 1000;

    private final RecordGraph graph = new RecordGraph(7, () -> NOW, DescriptionStyle.BUILDKIT_0_13);

    @Test
    void takesLeavesFirst() {
        String root = graph.add(regular(1));
        String middle = graph.add(regular(1).on(root));
        String leaf = graph.add(regular(1).on(middle));
        assertThat(prune(PruneOptions.everything())).containsExactly(leaf, middle, root);
    }

    @Test
    void takesTenAPassAndAllOfThemInTheEnd() {
        for (int i = 0; i < 25; i++) {
            graph.add(regular(1).on(graph.add(regular(1))));
        }
        var deleted = prune(PruneOptions.everything());
        assertThat(deleted).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void keepsRecordsInUseAndTheirParents() {
        String root = graph.add(regular(1));
        String held = graph.add(regular(1).on(root));
        String leaf = graph.add(regular(1).on(held));
        graph.hold(held);
        assertThat(prune(PruneOptions.everything().withAll())).containsExactly(leaf);
        assertThat(graph.size()).isEqualTo(2);
    }

    @Test
    void sparesInternalFrontendAndSharedUnlessAskedForAll() {
        graph.add(RecordDraft.of("internal", "", 1));
        graph.add(RecordDraft.of("frontend", "", 1));
        graph.add(regular(1).asShared());
        assertThat(prune(PruneOptions.everything())).isEmpty();
        assertThat(prune(PruneOptions.everything().withAll())).hasSize(3);
    }

    @Test
    void sparesWhatWasUsedWithinKeepDurationButNotTheNeverUsed() {
        graph.add(regular(1).used(NOW.minus(Duration.ofHours(1)), 1));
        String old = graph.add(regular(1).used(NOW.minus(Duration.ofHours(30)), 1));
        String never = graph.add(regular(1));
        assertThat(prune(PruneOptions.everything().keeping(Duration.ofHours(24))))
                .containsExactlyInAnyOrder(old, never);
    }

    @Test
    void takesExactlyTheIdsNamed() {
        String parent = graph.add(regular(1));
        String child = graph.add(regular(1).on(parent));
        String other = graph.add(regular(1));
        assertThat(prune(PruneOptions.everything().matching("id==" + parent, "id==" + child)))
                .containsExactly(child, parent);
        assertThat(graph.views()).extracting(RecordView::id).containsExactly(other);
    }

    @Test
    void leavesAParentWhoseChildWasNotNamed() {
        String parent = graph.add(regular(1));
        graph.add(regular(1).on(parent));
        assertThat(prune(PruneOptions.everything().matching("id==" + parent))).isEmpty();
    }

    @Test
    void seesNoParentsAndNoUseInFilters() {
        String parent = graph.add(regular(1));
        graph.add(regular(1).on(parent));
        assertThat(prune(PruneOptions.everything().matching("parents==" + parent)))
                .isEmpty();
        assertThat(prune(PruneOptions.everything().matching("inuse"))).isEmpty();
    }

    @Test
    void filtersByDescriptionOnlySince014() {
        graph.add(RecordDraft.of("regular", "npm", 1));
        var options = PruneOptions.everything().matching("description==npm");
        assertThat(drain(new Pruning(graph, options, new PruneRules(10, false, true), DISK_FREE)))
                .isEmpty();
        assertThat(prune(options)).hasSize(1);
    }

    @Test
    void goesDownToTheMaximumByRankOfTimeAndCount() {
        String seldomAndOld = graph.add(regular(10).used(NOW.minusSeconds(400), 1));
        String oftenAndOld = graph.add(regular(10).used(NOW.minusSeconds(300), 9));
        String seldomAndNew = graph.add(regular(10).used(NOW.minusSeconds(100), 1));
        String oftenAndNew = graph.add(regular(10).used(NOW, 9));
        // Second pass: ranks of time 2, 3, 4 of 4 and of count 3, 2, 3 of 3, so 1.50, 1.42 and 2.00: not the oldest
        // goes.
        assertThat(prune(PruneOptions.everything().limits(0, 30, 0))).containsExactly(seldomAndOld, seldomAndNew);
        assertThat(graph.views()).extracting(RecordView::id).containsExactlyInAnyOrder(oftenAndOld, oftenAndNew);
    }

    @Test
    void takesTheNeverUsedFirst() {
        graph.add(regular(10).used(NOW, 1));
        String never = graph.add(regular(10));
        assertThat(prune(PruneOptions.everything().limits(0, 20, 0))).containsExactly(never);
    }

    @Test
    void stopsOnlyBelowTheLimit() {
        graph.add(regular(10).used(NOW, 1));
        assertThat(prune(PruneOptions.everything().limits(0, 11, 0))).isEmpty();
        assertThat(prune(PruneOptions.everything().limits(0, 10, 0))).hasSize(1);
    }

    @Test
    void keepsRecordsThatABuildStartedToUse() {
        String first = graph.add(regular(1));
        String second = graph.add(regular(1));
        var pruning = new Pruning(graph, PruneOptions.everything(), PruneRules.NEWEST, DISK_FREE);
        var deleted = pruning.next();
        assertThat(deleted).isNotNull();
        graph.hold(first.equals(deleted.id()) ? second : first);
        assertThat(pruning.next()).isNull();
    }

    private static RecordDraft regular(long size) {
        return RecordDraft.of("regular", "", size);
    }

    private List<String> prune(PruneOptions options) {
        return drain(new Pruning(graph, options, PruneRules.NEWEST, DISK_FREE));
    }

    private static List<String> drain(Pruning pruning) {
        var ids = new ArrayList<String>();
        for (var deleted = pruning.next(); deleted != null; deleted = pruning.next()) {
            ids.add(deleted.id());
        }
        return ids;
    }
}
