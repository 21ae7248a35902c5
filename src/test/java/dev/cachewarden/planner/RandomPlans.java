package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.aRecord;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random caches and rules, for what must hold of every plan. */
public final class RandomPlans {

    private static final List<RecordType> TYPES = List.of(
            RecordType.REGULAR,
            RecordType.SOURCE_LOCAL,
            RecordType.EXEC_CACHEMOUNT,
            RecordType.INTERNAL,
            RecordType.FRONTEND);

    private RandomPlans() {}

    /** Chains, trees and diamonds, and in some caches parents that cannot be: themselves, cycles, records not there. */
    public static List<CacheRecord> records(Random random) {
        boolean lying = random.nextInt(4) == 0;
        int count = random.nextInt(60);
        var records = new ArrayList<CacheRecord>();
        for (int i = 0; i < count; i++) {
            var record = aRecord("r" + i)
                    .type(TYPES.get(random.nextInt(TYPES.size())))
                    .bytes(random.nextInt(5) == 0 ? 0 : random.nextInt(1_000))
                    .usedDaysAgo(random.nextInt(12))
                    .uses(random.nextInt(3))
                    .on(parents(random, lying ? count + 5 : i));
            if (random.nextInt(6) == 0) {
                record.neverUsed();
            }
            if (random.nextInt(20) == 0) {
                record.ofUnknownAge();
            }
            if (random.nextInt(15) == 0) {
                record.inUse();
            }
            if (random.nextInt(10) == 0) {
                record.shared();
            }
            records.add(record.record());
        }
        return records;
    }

    private static String[] parents(Random random, int below) {
        int count = below == 0 ? 0 : random.nextInt(3);
        return random.ints(count, 0, Math.max(1, below)).mapToObj(i -> "r" + i).toArray(String[]::new);
    }

    public static List<PruneRule> rules(Random random) {
        var rules = new ArrayList<PruneRule>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            var age = random.nextBoolean() ? Duration.ofDays(random.nextInt(10)) : null;
            var limits = limits(random);
            if (age == null && limits.none()) {
                age = Duration.ofDays(random.nextInt(10));
            }
            var order = EvictionOrder.values()[random.nextInt(EvictionOrder.values().length)];
            var measure = random.nextBoolean() ? Measure.SELECTION : Measure.WHOLE_CACHE;
            rules.add(new PruneRule(selection(random), age, limits, measure, order));
        }
        return rules;
    }

    private static Limits limits(Random random) {
        long max = random.nextInt(10_000);
        return new Limits(
                random.nextInt(3) > 0 ? null : Space.of(new ByteSize(max)),
                random.nextInt(4) > 0 ? null : new Space.ShareOfDisk(1 + random.nextInt(100)),
                random.nextInt(3) > 0 ? null : Space.of(new ByteSize(random.nextLong(max + 1))));
    }

    private static Selection selection(Random random) {
        var types = random.nextBoolean()
                ? Set.copyOf(List.of(TYPES.get(random.nextInt(TYPES.size())), TYPES.get(0)))
                : Set.<RecordType>of();
        var filters = random.nextInt(3) == 0
                ? List.of(Filter.parse(random.nextBoolean() ? "id~=[0-4]$" : "id!=r3"))
                : List.<Filter>of();
        return new Selection(types, filters, random.nextInt(3) == 0, random.nextInt(3) == 0);
    }

    public static @Nullable DiskSpace disk(Random random) {
        return random.nextInt(4) == 0
                ? null
                : new DiskSpace(new ByteSize(20_000), new ByteSize(random.nextInt(20_000)));
    }

    /** Of about half of the records, in some caches of none. */
    public static Map<String, Duration> times(Random random) {
        var times = new HashMap<String, Duration>();
        int known = random.nextInt(40);
        for (int i = 0; i < known; i++) {
            times.put("r" + random.nextInt(60), Duration.ofMillis(random.nextInt(100_000)));
        }
        return times;
    }

    public static List<Filter> pins(Random random) {
        return random.nextInt(3) == 0 ? List.of(Filter.parse("id~=7")) : List.of();
    }

    public static LimitPerRun limitPerRun(Random random) {
        return random.nextBoolean()
                ? LimitPerRun.ofShare(1 + random.nextInt(100))
                : LimitPerRun.ofBytes(new ByteSize(random.nextInt(20_000)));
    }
}
