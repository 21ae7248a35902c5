package dev.cachewarden.prune.trigger;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.prune.plan.rule.Limits;
import dev.cachewarden.prune.plan.rule.Measure;
import dev.cachewarden.prune.plan.rule.PruneRule;
import dev.cachewarden.prune.plan.rule.Space;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sets a policy off when there is too much, and has its run stop where there is little enough.
 *
 * @param of what is watched
 * @param start beyond this it begins
 * @param stop a rule without limits of its own goes no further than this; never so far that it would begin again at once
 */
public record Watermark(Of of, Space start, Space stop) {

    /** What is watched. */
    public enum Of {
        /** The bytes of the cache that are not shared: begins above, ends at or below. */
        CACHE,
        /** The free bytes of the disk that holds it: begins below, ends at or above. */
        FREE_DISK
    }

    public Watermark {
        if (comparable(start, stop) && !apart(of, start, stop)) {
            throw new IllegalArgumentException(
                    of == Of.CACHE
                            ? "the low watermark (" + stop + ") is not less than the high one (" + start + ")"
                            : "it stops at " + stop + " free, which is not more than the " + start
                                    + " free at which it starts");
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

    /** Whether it is about the disk, or about a share of it. */
    public boolean needsDisk() {
        return of == Of.FREE_DISK || start instanceof Space.ShareOfDisk;
    }

    /** Whether it is time, by one reading; never where the disk would have to be known and is not. */
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

    /** The rules as a run of this watermark applies them: those without a limit stop at the low one; those with limits keep them. */
    public List<PruneRule> stopping(List<PruneRule> rules) {
        var limits = of == Of.CACHE ? new Limits(stop, null, null) : new Limits(null, stop, null);
        return rules.stream()
                .map(rule -> rule.limits().none()
                        ? new PruneRule(rule.selection(), rule.unusedFor(), limits, Measure.WHOLE_CACHE, rule.order())
                        : rule)
                .toList();
    }

    /** Reads what to watch: {@code CACHE}, {@code FREE_DISK} or {@code freeDisk}. */
    public static Of of(String text) {
        for (var of : Of.values()) {
            if (of.name().replace("_", "").equals(text.replace("_", "").toUpperCase(Locale.ROOT))) {
                return of;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of CACHE, FREE_DISK");
    }

    /** In words: {@code the cache is above 80.0 GiB, down to 60.0 GiB}. */
    @Override
    public String toString() {
        return of == Of.CACHE
                ? "the cache is above " + start + ", down to " + stop
                : "less than " + start + " of the disk is free, until " + stop + " is";
    }
}
