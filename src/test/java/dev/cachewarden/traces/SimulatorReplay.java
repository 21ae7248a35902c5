package dev.cachewarden.traces;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.Past;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PrunePlanner;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.cache.PruneOptions;
import dev.cachewarden.simulator.cache.Pruning;
import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds a trace on a simulated engine and prunes by a rule of ours after each build, so that no more than so much is used. */
final class SimulatorReplay {

    private final RecordedBuilds trace;
    private final SimulatedEngine engine;
    private final PruneRule rule;
    private final SettableClock clock;
    private final Set<String> made = new HashSet<>();
    private final ObservedCache observed = new ObservedCache();
    private long hits;
    private long asked;
    private Duration rebuilt = Duration.ZERO;

    /**
     * What came of it.
     *
     * @param hitRate from 0 to 1
     * @param rebuilt how long builds spent on making again what had been there
     * @param past what readings after each build, and after each prune, leave to remember; of each record with its instruction alone
     */
    record Outcome(double hitRate, Duration rebuilt, Past past) {}

    private SimulatorReplay(RecordedBuilds trace, SimulatedEngine engine, PruneRule rule, SettableClock clock) {
        this.trace = trace;
        this.engine = engine;
        this.rule = rule;
        this.clock = clock;
    }

    static Outcome of(RecordedBuilds trace, long capacity, EvictionOrder order) {
        var clock = new SettableClock(RecordedBuilds.START.toString());
        try (var network = new EngineNetwork();
                var engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 1, clock)) {
            var rule = PruneRule.atMost(new ByteSize(capacity)).inOrder(order);
            var replay = new SimulatorReplay(trace, engine, rule, clock);
            trace.builds().forEach(replay::build);
            return new Outcome((double) replay.hits / replay.asked, replay.rebuilt, replay.observed.past());
        }
    }

    private void build(RecordedBuilds.Build build) {
        clock.pass(Duration.between(clock.instant(), build.at()));
        Set<String> there = new HashSet<>();
        engine.cache().views().forEach(record -> there.add(content(record)));
        var report = engine.build(trace.spec(build));
        hits += report.hits();
        asked += report.hits() + report.misses();
        for (String id : build.used()) {
            var rebuild = trace.rebuild(id);
            if (!there.contains(id) && !made.add(id) && rebuild != null) {
                rebuilt = rebuilt.plus(rebuild);
            }
        }
        observe();
        prune();
        observe();
    }

    private void observe() {
        observed.read(
                engine.cache().views().stream()
                        .map(view -> record(view, trace.instruction(content(view))))
                        .toList(),
                clock.instant());
    }

    private void prune() {
        var views = engine.cache().views();
        Map<String, Duration> rebuildTimes = new HashMap<>();
        for (var view : views) {
            var rebuild = trace.rebuild(content(view));
            if (rebuild != null) {
                rebuildTimes.put(view.id(), rebuild);
            }
        }
        var proposal = PrunePlanner.propose(
                views.stream().map(view -> record(view, view.description())).toList(),
                null,
                rebuildTimes,
                List.of(rule),
                List.of(),
                LimitPerRun.ofShare(100),
                clock.instant());
        for (var deletion : proposal.deletions()) {
            var exactly = PruneOptions.everything()
                    .matching("id==" + deletion.record().id());
            var pruning =
                    new Pruning(engine.cache(), exactly, engine.generation().pruneRules(), Long.MAX_VALUE);
            if (pruning.next() == null) {
                throw new IllegalStateException(deletion + " was not deleted");
            }
        }
    }

    /** The id of the real record stands in the description. */
    private static String content(RecordView view) {
        return view.description().substring(view.description().lastIndexOf(' ') + 1);
    }

    private static CacheRecord record(RecordView view, String description) {
        return new CacheRecord(
                view.id(),
                new RecordType(view.type()),
                view.parents(),
                description,
                view.inUse(),
                view.shared(),
                view.mutable(),
                new ByteSize(view.size()),
                view.createdAt(),
                view.lastUsedAt(),
                view.usageCount());
    }
}
