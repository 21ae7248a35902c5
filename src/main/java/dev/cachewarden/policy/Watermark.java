package dev.cachewarden.policy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pair of thresholds: one triggers a policy, the other stops its run.
 *
 * @param of the watched quantity
 * @param start the threshold that starts the policy (high watermark)
 * @param stop the threshold that stops rules without their own limits (low watermark); always apart from {@code start}, so that the policy
 *     does not start again immediately
 */
public record Watermark(Of of, Space start, Space stop) {

    /** The watched quantity. */
    public enum Of {
        /**
         * The bytes of the cache that are not shared. The policy starts above {@code start}, and its run stops at or below {@code stop}.
         */
        CACHE,
        /**
         * The free bytes of the disk that holds the cache. The policy starts below {@code start}, and its run stops at or above
         * {@code stop}.
         */
        FREE_DISK
    }

    public Watermark {
        if (comparable(start, stop) && !apart(of, start, stop)) {
            throw new IllegalArgumentException(
                    of == Of.CACHE
                            ? "the low watermark (" + stop + ") must be below the high watermark (" + start + ")"
                            : "it must stop at more free space (" + stop + ") than it starts at (" + start + ")");
        }
    }

    private static boolean comparable(Space one, Space other) {
        return one.getClass().equals(other.getClass());
    }

    private static boolean apart(Of of, Space start, Space stop) {
        int order = Long.compare(number(start), number(stop));
        return of == Of.CACHE ? order > 0 : order < 0;
    }

    private static long number(Space space) {
        return switch (space) {
            case Space.Bytes bytes -> bytes.size().bytes();
            case Space.ShareOfDisk share -> share.percent();
        };
    }

    /** Returns whether the watermark depends on the disk, or on a share of it. */
    public boolean needsDisk() {
        return of == Of.FREE_DISK || start instanceof Space.ShareOfDisk;
    }

    /** Returns whether a snapshot reaches the watermark. Returns false if the watermark depends on an unknown disk. */
    public boolean reached(ByteSize cache, @Nullable DiskSpace disk) {
        var limit = start.on(disk);
        if (limit == null) {
            return false;
        }
        return switch (of) {
            case CACHE -> cache.compareTo(limit) > 0;
            case FREE_DISK -> disk != null && disk.free().compareTo(limit) < 0;
        };
    }

    /**
     * Returns the rules for a run that this watermark triggers. A rule without limits stops at {@code stop}. A rule with limits keeps them.
     */
    public List<PruneRule> stopping(List<PruneRule> rules) {
        var limits = of == Of.CACHE ? Limits.atMost(stop) : Limits.untilFree(stop);
        return rules.stream()
                .map(rule -> rule.limits().none()
                        ? new PruneRule(rule.selection(), rule.unusedFor(), limits, Measure.WHOLE_CACHE, rule.order())
                        : rule)
                .toList();
    }

    /** Parses the watched quantity: {@code CACHE}, {@code FREE_DISK} or {@code freeDisk}. */
    public static Of of(String text) {
        for (var of : Of.values()) {
            if (of.name().replace("_", "").equals(text.replace("_", "").toUpperCase(Locale.ROOT))) {
                return of;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a watermark type; use CACHE or FREE_DISK");
    }

    /** Returns a text: {@code the cache is above 80.0 GiB, down to 60.0 GiB}. */
    @Override
    public String toString() {
        return of == Of.CACHE
                ? "the cache is above " + start + ", down to " + stop
                : "less than " + start + " of the disk is free, until " + stop + " is";
    }
}
