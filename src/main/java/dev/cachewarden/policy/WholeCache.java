package dev.cachewarden.policy;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.PruneRule;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limit of a rule that applies to the whole cache.
 *
 * @param words the effect of the rule, as the end of a sentence
 * @param size the size to which the rule reduces the cache, zero if it deletes all records, or null if it cannot be determined in advance
 */
record WholeCache(String words, @Nullable ByteSize size) {

    private static final Comparator<WholeCache> TIGHTEST_FIRST =
            Comparator.comparing(WholeCache::size, CacheLimit.TIGHTEST_FIRST);

    /** Returns the tightest limit of a policy's rules, or empty if no rule applies to the whole cache. */
    static Optional<WholeCache> limit(
            Collection<PruneRule> rules, @Nullable Watermark watermark, @Nullable DiskSpace disk) {
        return rules.stream()
                .filter(rule ->
                        rule.types().isEmpty() && rule.selection().filters().isEmpty())
                .map(rule -> of(rule, watermark, disk))
                .min(TIGHTEST_FIRST);
    }

    private static WholeCache of(PruneRule rule, @Nullable Watermark watermark, @Nullable DiskSpace disk) {
        var limits = rule.limits();
        if (limits.maxUsedSpace() != null) {
            return new WholeCache(
                    "keeps at most " + format(limits.maxUsedSpace(), disk) + orLess(limits) + spared(rule),
                    limits.maxUsedSpace().on(disk));
        }
        if (limits.minFreeSpace() != null) {
            return new WholeCache(
                    "deletes records until " + limits.minFreeSpace() + " of the disk is free" + floor(limits)
                            + spared(rule),
                    null);
        }
        if (limits.reservedSpace() != null) {
            String reserved = format(limits.reservedSpace(), disk);
            return spares(rule) != null
                    ? new WholeCache(byAge(rule) + ", and stops at " + reserved, null)
                    : new WholeCache(
                            "prunes down to " + reserved, limits.reservedSpace().on(disk));
        }
        return watermark == null
                ? new WholeCache(byAge(rule), spares(rule) == null ? ByteSize.ZERO : null)
                : stopping(rule, watermark, disk);
    }

    private static WholeCache stopping(PruneRule rule, Watermark watermark, @Nullable DiskSpace disk) {
        return switch (watermark.of()) {
            case CACHE ->
                new WholeCache(
                        "prunes down to " + format(watermark.stop(), disk) + " when the cache exceeds "
                                + format(watermark.start(), disk) + spared(rule),
                        watermark.stop().on(disk));
            case FREE_DISK ->
                new WholeCache(
                        "deletes records until " + watermark.stop() + " of the disk is free when less than "
                                + watermark.start() + " is" + spared(rule),
                        null);
        };
    }

    private static String byAge(PruneRule rule) {
        var age = spares(rule);
        return age == null ? "deletes all records" : "deletes records unused for " + Durations.text(age);
    }

    private static String spared(PruneRule rule) {
        var age = spares(rule);
        return age == null ? "" : ", except records used within " + Durations.text(age);
    }

    private static @Nullable Duration spares(PruneRule rule) {
        var age = rule.unusedFor();
        return age == null || age.isZero() ? null : age;
    }

    private static String orLess(Limits limits) {
        return limits.minFreeSpace() == null
                ? ""
                : ", or less to free " + limits.minFreeSpace() + " of the disk" + floor(limits);
    }

    private static String floor(Limits limits) {
        return limits.reservedSpace() == null ? "" : ", but keeps at least " + limits.reservedSpace();
    }

    private static String format(Space space, @Nullable DiskSpace disk) {
        return switch (space) {
            case Space.Bytes bytes -> bytes.toString();
            case Space.ShareOfDisk share -> share + (disk == null ? ", which is unknown" : " (" + share.on(disk) + ")");
        };
    }
}
