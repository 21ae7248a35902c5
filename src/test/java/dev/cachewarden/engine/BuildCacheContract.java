package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What each engine must do for the ports of {@code engine}, real ones and the simulated one alike. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BuildCacheContract {

    private EnginePorts ports;
    private EngineUnderTest engine;
    private HostCapabilities capabilities;

    /** The engine to test; ends the test with a reason where there is none. */
    protected abstract EngineUnderTest engine();

    @BeforeAll
    void reach() {
        engine = engine();
        ports = EnginePorts.open(Map.of());
        var reached = ports.prober().probe(engine.connection());
        assertThat(reached).isInstanceOf(ProbeResult.Reached.class);
        capabilities = ((ProbeResult.Reached) reached).capabilities();
    }

    @AfterAll
    void close() {
        if (ports != null) {
            ports.close();
        }
    }

    @Test
    void probeReportsTheCapabilities() {
        var expected = engine.expected();

        assertThat(capabilities.engineVersion()).startsWith(expected.engineVersion());
        assertThat(capabilities.apiVersion()).isEqualTo(expected.apiVersion());
        assertThat(capabilities.buildkitVersion()).startsWith(expected.buildkitVersion());
        assertThat(capabilities.buildKit()).isEqualTo(expected.buildKit());
        assertThat(capabilities.control()).isEqualTo(expected.control());
        assertThat(capabilities.gcPolicies().isEmpty()).isNotEqualTo(expected.reportsGcPolicies());
        assertThat(capabilities.engineId()).isNotBlank();
    }

    @Test
    void readsRecordsOfABuild() {
        var recipe = BuildRecipe.unique(3, 2, "pip", "npm");
        engine.build(recipe);

        var made = read(recipe);

        assertThat(made.base()).singleElement().satisfies(base -> {
            assertThat(base.type()).isEqualTo(RecordType.REGULAR);
            assertThat(base.parents()).hasSize(1);
        });
        String base = made.base().getFirst().id();
        assertThat(made.siblings()).hasSize(3).allSatisfy(sibling -> {
            assertThat(sibling.parents()).containsExactly(base);
            assertThat(sibling.size().bytes()).isGreaterThanOrEqualTo(BuildRecipe.SIBLING_BYTES);
        });
        assertThat(made.links()).hasSize(2);
        assertThat(made.links().get(0).parents()).containsExactly(base);
        assertThat(made.links().get(1).parents())
                .containsExactly(made.links().get(0).id());
        assertThat(made.mounts()).hasSize(2).allSatisfy(mount -> {
            assertThat(mount.type()).isEqualTo(RecordType.EXEC_CACHEMOUNT);
            assertThat(mount.parents()).isEmpty();
        });
        assertThat(made.leavesFirst()).hasSize(9).allSatisfy(record -> {
            assertThat(record.inUse()).isFalse();
            assertThat(record.shared()).isFalse();
            assertThat(record.createdAt()).isNotNull();
            assertThat(record.lastUsedAt()).isAfterOrEqualTo(record.createdAt());
            assertThat(record.usageCount()).isPositive();
        });
        prune(made.leavesFirst());
    }

    @Test
    void readsTheSameOverEachWay() {
        var recipe = BuildRecipe.unique(2, 2, "pip");
        engine.build(recipe);
        read(recipe);

        var overControl = find(recipe, readWith(ReadingWays.overControl(capabilities)));
        var overHttp = find(recipe, readWith(ReadingWays.overHttp(capabilities)));

        assertThat(overControl.leavesFirst()).hasSize(7);
        assertThat(overHttp.leavesFirst())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("mutable")
                .containsExactlyInAnyOrderElementsOf(overControl.leavesFirst());
        assertThat(overHttp.leavesFirst()).extracting(CacheRecord::mutable).containsOnlyNulls();
        prune(overControl.leavesFirst());
    }

    @Test
    void reportsMutableRecordsOverControl() {
        var recipe = BuildRecipe.unique(1, 2, "pip");
        engine.build(recipe);

        var made = find(recipe, readWith(ReadingWays.overControl(capabilities)));

        assertThat(made.mounts()).extracting(CacheRecord::mutable).containsExactly(true);
        assertThat(made.siblings()).extracting(CacheRecord::mutable).containsExactly(true);
        assertThat(made.links()).extracting(CacheRecord::mutable).containsExactly(false, true);
        assertThat(made.base()).extracting(CacheRecord::mutable).containsExactly(false);
        prune(made.leavesFirst());
    }

    @Test
    void firstReadingCountsAsAUseOfAFreshCacheMount() {
        var recipe = BuildRecipe.unique(0, 1, "pip");
        engine.build(recipe);

        var first = read(recipe);
        var second = read(recipe);
        var third = read(recipe);

        assertThat(first.mounts()).extracting(CacheRecord::usageCount).containsExactly(1L);
        assertThat(second.mounts()).extracting(CacheRecord::usageCount).containsExactly(2L);
        assertThat(second.mounts().getFirst().lastUsedAt())
                .isAfter(first.mounts().getFirst().lastUsedAt());
        assertThat(third.mounts()).isEqualTo(second.mounts());
        assertThat(second.links()).isEqualTo(first.links());
        prune(second.leavesFirst());
    }

    @Test
    void prunesExactlyFortyOfEighty() {
        var recipe = BuildRecipe.unique(80, 0);
        engine.build(recipe);
        var made = read(recipe);
        assertThat(made.siblings()).hasSize(80);
        var go = made.siblings().subList(0, 40);
        var stay = made.siblings().subList(40, 80);
        var reported = new ArrayList<PrunedRecord>();

        var report = ports.pruner().prune(order(capabilities, go), reported::add);

        assertThat(report.method()).isEqualTo(PruneReport.Method.CONTROL);
        assertThat(report.pruned()).extracting(PrunedRecord::recordId).containsExactlyInAnyOrderElementsOf(ids(go));
        assertThat(reported).containsExactlyElementsOf(report.pruned());
        assertThat(report.spaceReclaimed().bytes())
                .isEqualTo(go.stream().mapToLong(it -> it.size().bytes()).sum());
        assertThat(ids(read(recipe).siblings())).containsExactlyInAnyOrderElementsOf(ids(stay));
        prune(read(recipe).leavesFirst());
    }

    @Test
    void prunesAWholeChainLeavesFirst() {
        var recipe = BuildRecipe.unique(0, 4, "pip");
        engine.build(recipe);
        var all = read(recipe).leavesFirst();

        var report = prune(all);

        assertThat(report.pruned()).extracting(PrunedRecord::recordId).containsExactlyInAnyOrderElementsOf(ids(all));
        assertThat(read(recipe).leavesFirst()).isEmpty();
    }

    @Test
    void skipsAParentWhoseChildStays() {
        var recipe = BuildRecipe.unique(1, 2);
        engine.build(recipe);
        var made = read(recipe);

        var report = prune(List.of(made.siblings().getFirst(), made.links().getFirst()));

        assertThat(report.pruned())
                .extracting(PrunedRecord::recordId)
                .containsExactly(made.siblings().getFirst().id());
        assertThat(ids(read(recipe).links())).isEqualTo(ids(made.links()));
        prune(read(recipe).leavesFirst());
    }

    @Test
    void ignoresPartialAndUnknownIds() {
        var recipe = BuildRecipe.unique(2, 0);
        engine.build(recipe);
        var siblings = read(recipe).siblings();
        String whole = siblings.getFirst().id();
        var parts = List.of(whole.substring(0, 20), whole.substring(3), whole.substring(5, 15));

        for (var way : ReadingWays.both(capabilities)) {
            var order = new PruneOrder(engine.connection(), way, capabilities.engineId(), parts);
            assertThat(ports.pruner().prune(order, it -> {}).pruned()).isEmpty();
        }

        assertThat(ids(read(recipe).siblings())).containsExactlyInAnyOrderElementsOf(ids(siblings));
        prune(read(recipe).leavesFirst());
    }

    @Test
    void prunesExactlyOverHttpWhereThereIsNoControl() {
        var recipe = BuildRecipe.unique(6, 2, "pip");
        engine.build(recipe);
        var made = read(recipe);
        var go = new ArrayList<>(made.siblings().subList(0, 3));
        go.add(made.links().getFirst());
        go.addAll(made.mounts());
        var reported = new ArrayList<PrunedRecord>();

        var report = ports.pruner().prune(order(ReadingWays.overHttp(capabilities), go), reported::add);

        assertThat(report.method()).isEqualTo(PruneReport.Method.HTTP_ONE_BY_ONE);
        assertThat(ids(go))
                .containsAll(
                        report.pruned().stream().map(PrunedRecord::recordId).toList());
        assertThat(report.pruned()).hasSize(4).isEqualTo(reported);
        var after = read(recipe);
        assertThat(ids(after.siblings()))
                .containsExactlyInAnyOrderElementsOf(ids(made.siblings().subList(3, 6)));
        assertThat(ids(after.links())).isEqualTo(ids(made.links()));
        assertThat(after.mounts()).isEmpty();
        prune(after.leavesFirst());
    }

    @Test
    void reportsPrunesOverHttpAsEvents() {
        var recipe = BuildRecipe.unique(1, 0);
        engine.build(recipe);
        var siblings = read(recipe).siblings();
        var before = Instant.now();
        ports.pruner().prune(order(ReadingWays.overHttp(capabilities), siblings.subList(0, 1)), it -> {});
        var after = Instant.now();

        assertThat(events(before, after)).anySatisfy(event -> {
            assertThat(event.reclaimed()).isEqualTo(siblings.getFirst().size());
            assertThat(event.at()).isBetween(before, after);
        });
        assertThat(events(before.minusSeconds(5), before))
                .allSatisfy(event -> assertThat(event.at()).isBetween(before.minusSeconds(5), before));
        prune(read(recipe).leavesFirst());
    }

    private List<BuilderEvents.PruneEvent> events(Instant since, Instant until) {
        return ports.events().prunesBetween(engine.connection(), capabilities, since, until);
    }

    @Test
    void deletesNothingWhereAnotherEngineAnswers() {
        var recipe = BuildRecipe.unique(1, 0);
        engine.build(recipe);
        var made = read(recipe);
        var order = new PruneOrder(engine.connection(), capabilities, "another", ids(made.siblings()));

        assertThatThrownBy(() -> ports.pruner().prune(order, it -> {}))
                .asInstanceOf(InstanceOfAssertFactories.type(EngineUnreachableException.class))
                .satisfies(thrown -> assertThat(thrown.problem().cause()).isEqualTo(HostProblem.Cause.DIFFERENT_ENGINE))
                .satisfies(thrown -> assertThat(thrown)
                        .hasMessage(engine.connection().name() + " at "
                                + engine.connection().address().text()
                                + " is now engine " + capabilities.engineId()
                                + " instead of another. Nothing was deleted. If the engine was reinstalled, remove"
                                + " the host and add"
                                + " it again"));

        assertThat(read(recipe).siblings()).hasSize(1);
        prune(read(recipe).leavesFirst());
    }

    /** A busy builder lets go of a build's records a little after its command has ended; a prune passes over those still in use. */
    private MadeRecords read(BuildRecipe recipe) {
        return await().atMost(Duration.ofMinutes(2))
                .until(() -> find(recipe, readWith(capabilities)), BuildCacheContract::released);
    }

    private static boolean released(MadeRecords made) {
        return made.leavesFirst().stream().noneMatch(CacheRecord::inUse);
    }

    private CacheReading readWith(HostCapabilities way) {
        return ports.reader().read(engine.connection(), way);
    }

    private static MadeRecords find(BuildRecipe recipe, CacheReading reading) {
        return MadeRecords.find(recipe, reading.records());
    }

    private PruneReport prune(List<CacheRecord> records) {
        return ports.pruner().prune(order(capabilities, records), it -> {});
    }

    private PruneOrder order(HostCapabilities way, List<CacheRecord> records) {
        return new PruneOrder(engine.connection(), way, capabilities.engineId(), ids(records));
    }

    private static List<String> ids(List<CacheRecord> records) {
        return records.stream().map(CacheRecord::id).toList();
    }

    /** Capabilities as a probe would find them, had the host only one of the two ways. */
    private static final class ReadingWays {

        static HostCapabilities overHttp(HostCapabilities found) {
            return with(found, found.apiVersion(), ControlAccess.NONE);
        }

        /** Engines of an API before 1.42 are read over gRPC. */
        static HostCapabilities overControl(HostCapabilities found) {
            return with(found, "1.41", found.control());
        }

        static List<HostCapabilities> both(HostCapabilities found) {
            return List.of(overControl(found), overHttp(found));
        }

        private static HostCapabilities with(HostCapabilities it, @Nullable String apiVersion, ControlAccess control) {
            return new HostCapabilities(
                    it.probedAt(),
                    it.engineId(),
                    it.engineVersion(),
                    apiVersion,
                    it.buildkitVersion(),
                    it.buildKit(),
                    control,
                    it.dataRoot(),
                    it.storageDriver(),
                    it.containerdImageStore(),
                    it.operatingSystem(),
                    it.gcPolicies(),
                    it.notes());
        }
    }
}
