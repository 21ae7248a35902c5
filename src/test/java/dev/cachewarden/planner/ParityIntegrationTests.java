package dev.cachewarden.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.engine.EnginePorts;
import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A rule that says what a prune request says deletes what the engine deletes. Random caches are built on real engines, a random request
 * is planned, the engine's own prune is asked for, and both are compared.
 *
 * <p>{@code -Dcachewarden.test.parity=200} runs so many cases on each engine, {@code -Dcachewarden.test.parity-seed=random} other ones
 * than always, and with a number those of a former time. BuildKit's ties have no order, so where the planner broke one otherwise, each
 * step of the engine is held against the ranks instead.
 */
class ParityIntegrationTests {

    private static final int MOST_TRIES = 10;

    private static final int CASES = Integer.getInteger("cachewarden.test.parity", 20);
    private static final long SEED = seed(System.getProperty("cachewarden.test.parity-seed", "1000"));

    private static long seed(String given) {
        return given.equals("random") ? ThreadLocalRandom.current().nextLong(1_000_000) : Long.parseLong(given);
    }

    @Nested
    class Engine2010 extends Parity {
        Engine2010() {
            super("20.10", true, List.of("keep-storage"));
        }
    }

    @Nested
    class Engine261 extends Parity {
        Engine261() {
            super("26.1", false, List.of("keep-storage"));
        }
    }

    @Nested
    class Engine285 extends Parity {
        Engine285() {
            super("28.5", false, List.of("reserved-space", "max-used-space"));
        }
    }

    /** The cases of one engine. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Parity {

        private final String name;
        private final boolean agesOnly;
        private final List<String> limits;
        private EnginePorts ports;
        private HostConnection connection;
        private HostCapabilities capabilities;
        private OwnPrune engine;

        /**
         * @param agesOnly whether it takes an age only, and no time
         * @param limits the parameters of size that its prune takes
         */
        Parity(String name, boolean agesOnly, List<String> limits) {
            this.name = name;
            this.agesOnly = agesOnly;
            this.limits = limits;
        }

        @BeforeAll
        void reach() {
            connection = RealEngines.connection(name);
            ports = EnginePorts.open(Map.of());
            var reached = ports.prober().probe(connection);
            assertThat(reached).isInstanceOf(ProbeResult.Reached.class);
            capabilities = ((ProbeResult.Reached) reached).capabilities();
            engine = new OwnPrune(connection, capabilities);
        }

        @AfterAll
        void close() {
            if (ports != null) {
                ports.close();
                engine.empty();
            }
        }

        @TestFactory
        Stream<DynamicTest> deletesWhatThePlanLists() {
            return IntStream.range(0, CASES)
                    .mapToLong(number -> SEED + number)
                    .mapToObj(seed -> DynamicTest.dynamicTest(name + ", seed " + seed, () -> compare(seed)));
        }

        private void compare(long seed) {
            int tries = 1;
            while (!decided(seed)) {
                assertThat(tries++)
                        .as("%s, seed %d: attempts with a request that took too long", name, seed)
                        .isLessThan(MOST_TRIES);
            }
        }

        /**
         * @return false: BuildKit takes even a time for an age, and counts it anew from the time of each pass over its cache. It took so long
         *     that it spares other records than the plan does, so nothing can be compared
         */
        private boolean decided(long seed) {
            var random = new Random(seed);
            engine.empty();
            new RandomCache(random).buildOn(name);
            var before = quiet();
            assertThat(before).as("%s, seed %d: nothing was built", name, seed).hasSizeGreaterThan(3);

            var request = Request.random(random, before, limits);
            var sent = Instant.now();
            var rule = request.rule(sent);
            var proposal = PrunePlanner.propose(before, List.of(rule), LimitPerRun.ofShare(100), sent);
            var planned = proposal.deletions().stream()
                    .map(deletion -> deletion.record().id())
                    .toList();
            var deleted = engine.prune(request.query(agesOnly ? sent : null));
            if (!request.sameFor(Duration.between(sent, Instant.now()), before)) {
                return false;
            }
            var after = ids(read());

            String as = "%s, seed %d, %s".formatted(name, seed, request);
            assertThat(deleted).as(as).noneMatch(after::contains).doesNotHaveDuplicates();
            assertThat(Set.copyOf(deleted)).as(as).isEqualTo(without(ids(before), after));
            if (!Set.copyOf(planned).equals(Set.copyOf(deleted))) {
                assertThat(request.limit())
                        .as("%s: no limit, so no ties: deleted %s, kept %s", as, deleted, proposal.kept())
                        .isNotNull();
                assertThat(BuildKitReference.complaint(before, rule, sent, deleted))
                        .as("%s: planned %s, deleted %s of %s", as, planned, deleted, before)
                        .isNull();
                System.out.println("Parity " + as + ": BuildKit broke a tie the other way");
            }
            return true;
        }

        private static Set<String> without(Set<String> all, Set<String> some) {
            var rest = new HashSet<>(all);
            rest.removeAll(some);
            return rest;
        }

        private static Set<String> ids(Collection<CacheRecord> records) {
            return records.stream().map(CacheRecord::id).collect(Collectors.toSet());
        }

        private List<CacheRecord> read() {
            return ports.reader().read(connection, capabilities).records();
        }

        /**
         * Once no build holds anything, and reading changes nothing any more: the first reading after a build counts as a use of its
         * cache mounts.
         */
        private List<CacheRecord> quiet() {
            var last = new ArrayList<CacheRecord>();
            var same = new AtomicInteger();
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                var next = read();
                boolean unchanged = Set.copyOf(next).equals(Set.copyOf(last))
                        && next.stream().noneMatch(CacheRecord::inUse);
                last.clear();
                last.addAll(next);
                return (unchanged ? same.incrementAndGet() : same.getAndSet(0)) >= 3;
            });
            return List.copyOf(last);
        }
    }

    /**
     * What is asked of an engine.
     *
     * @param cut what was used after it is spared; null: no age
     * @param limit the parameter of size; null: none
     */
    private record Request(
            boolean all,
            @Nullable RecordType type,
            @Nullable Instant cut,
            @Nullable String limit,
            long bytes) {

        static Request random(Random random, List<CacheRecord> records, List<String> limits) {
            long total = records.stream()
                    .filter(record -> !record.shared())
                    .mapToLong(record -> record.size().bytes())
                    .sum();
            var types = List.of(RecordType.REGULAR, RecordType.SOURCE_LOCAL, RecordType.EXEC_CACHEMOUNT);
            return new Request(
                    random.nextBoolean(),
                    random.nextInt(4) == 0 ? types.get(random.nextInt(types.size())) : null,
                    random.nextInt(3) == 0 ? cut(random, records) : null,
                    random.nextInt(4) == 0 ? null : limits.get(random.nextInt(limits.size())),
                    1 + random.nextLong(total + total / 10));
        }

        /** Between two uses that are so far apart that it does not matter how long a request is under way. */
        private static @Nullable Instant cut(Random random, List<CacheRecord> records) {
            var used = records.stream()
                    .flatMap(record -> Stream.ofNullable(record.lastUsedAt()))
                    .distinct()
                    .sorted()
                    .toList();
            var cuts = new ArrayList<Instant>();
            for (int i = 1; i < used.size(); i++) {
                var gap = Duration.between(used.get(i - 1), used.get(i));
                if (gap.toMillis() >= 150) {
                    cuts.add(used.get(i - 1).plusMillis(10));
                }
            }
            return cuts.isEmpty() ? null : cuts.get(random.nextInt(cuts.size()));
        }

        /** Whether it selects the same where it is evaluated so much later. */
        boolean sameFor(Duration later, List<CacheRecord> records) {
            return cut == null
                    || records.stream()
                            .flatMap(record -> Stream.ofNullable(record.lastUsedAt()))
                            .noneMatch(used -> used.isAfter(cut) && !used.isAfter(cut.plus(later)));
        }

        PruneRule rule(Instant now) {
            var limits = limit == null
                    ? Limits.NONE
                    : limit.equals("max-used-space")
                            ? new Limits(Space.of(new ByteSize(bytes)), null, null)
                            : new Limits(null, null, Space.of(new ByteSize(bytes)));
            var age = cut == null ? limit == null ? Duration.ZERO : null : Duration.between(cut, now);
            var types = type == null ? Set.<RecordType>of() : Set.of(type);
            return new PruneRule(
                    new Selection(types, List.of(), all, all),
                    age,
                    limits,
                    Measure.WHOLE_CACHE,
                    EvictionOrder.BUILDKIT);
        }

        /** @param now to tell a time by its age; null: to tell it as it is */
        String query(@Nullable Instant now) {
            var filters = new ArrayList<String>();
            if (type != null) {
                filters.add("\"type\":[\"" + type.name() + "\"]");
            }
            if (cut != null) {
                // Engines from 23.0 on cut what an age comes to down to a whole second; a time they take as it is.
                String until = now == null
                        ? "%d.%09d".formatted(cut.getEpochSecond(), cut.getNano())
                        : Duration.between(cut, now).toMillis() + "ms";
                filters.add("\"until\":[\"" + until + "\"]");
            }
            return (all ? "all=1" : "all=0")
                    + (limit == null ? "" : "&" + limit + "=" + bytes)
                    + (filters.isEmpty() ? "" : "&filters=" + OwnPrune.encoded("{" + String.join(",", filters) + "}"));
        }
    }
}
