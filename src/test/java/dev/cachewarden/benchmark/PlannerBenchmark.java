package dev.cachewarden.benchmark;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PrunePlanner;
import dev.cachewarden.planner.PruneProposal;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Planning of ten rules by JMH: time and memory at 10,000 and 100,000 records. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlannerBenchmark {

    private static final List<RecordType> TYPES = List.of(
            RecordType.REGULAR,
            RecordType.REGULAR,
            RecordType.REGULAR,
            RecordType.SOURCE_LOCAL,
            RecordType.EXEC_CACHEMOUNT,
            RecordType.INTERNAL);

    @Param({"10000", "100000"})
    public int records;

    private List<CacheRecord> cache = List.of();
    private List<PruneRule> rules = List.of();

    @Test
    void tenRules() throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .include(PlannerBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        for (var result : results) {
            var figure = result.getPrimaryResult();
            double bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                    .getScore();
            Figures.print(
                    "plan of %s, %s records: %.1f ms (aim at 100,000: at most 100 ms), %.0f bytes a record",
                    figure.getLabel(),
                    result.getParams().getParam("records"),
                    figure.getScore(),
                    bytes / Integer.parseInt(result.getParams().getParam("records")));
        }
    }

    /** Chains of up to twenty records on each other, as builds leave them. */
    @Setup
    public void fill() {
        var random = new Random(42);
        var made = new ArrayList<CacheRecord>();
        for (int i = 0; i < records; i++) {
            var record = aRecord(Integer.toString(i, 36) + "x")
                    .type(TYPES.get(random.nextInt(TYPES.size())))
                    .bytes(random.nextInt(100_000_000))
                    .usedAgo(Duration.ofSeconds(random.nextInt(10_000_000)))
                    .uses(random.nextInt(20))
                    .on(i % 20 == 0 ? new String[0] : new String[] {Integer.toString(i - 1, 36) + "x"});
            made.add(record.record());
        }
        Collections.shuffle(made, random);
        cache = List.copyOf(made);
        var size = new ByteSize(records * 20_000_000L);
        var mounts = new Selection(
                Set.of(RecordType.EXEC_CACHEMOUNT), List.of(Filter.parse("description!~=keep")), false, false);
        rules = List.of(
                PruneRule.unusedFor(Duration.ofDays(2)).ofTypes(RecordType.SOURCE_LOCAL),
                PruneRule.unusedFor(Duration.ofDays(7)).selecting(mounts),
                PruneRule.unusedFor(Duration.ofDays(100)),
                PruneRule.unusedFor(Duration.ofDays(90)).ofTypes(RecordType.REGULAR),
                PruneRule.unusedFor(Duration.ofDays(60)).andReservedSpace(size),
                PruneRule.atMost(size).ofTypes(RecordType.REGULAR),
                PruneRule.atMost(size).ofTypes(RecordType.EXEC_CACHEMOUNT),
                PruneRule.atMost(size).andUnusedFor(Duration.ofDays(1)),
                PruneRule.atMost(size).measuring(Measure.WHOLE_CACHE),
                PruneRule.reservedSpace(new ByteSize(size.bytes() / 2)));
    }

    @Benchmark
    public PruneProposal leastRecentlyUsed() {
        return PrunePlanner.propose(cache, rules, LimitPerRun.ofShare(100), NOW);
    }

    @Benchmark
    public PruneProposal buildKitsOrder() {
        return PrunePlanner.propose(
                cache,
                rules.stream().map(rule -> rule.inOrder(EvictionOrder.BUILDKIT)).toList(),
                LimitPerRun.ofShare(100),
                NOW);
    }
}
