package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.planner.RunGuards;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A description of the guards of runs in words. */
public final class GuardWords {

    private GuardWords() {}

    /** Returns the description. It ends with a note that the service settings apply to all guards that are not set. */
    public static String of(RunGuards guards) {
        if (guards.equals(RunGuards.NONE)) {
            return "as in the server settings";
        }
        var parts = Stream.of(
                        waits(guards.waitForBuilds()),
                        ends(guards.stopAfterFailures()),
                        batches(guards.batchSize()),
                        pauses(guards.pauseBetweenBatches()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return String.join("; ", parts) + (parts.size() < 4 ? "; others as in the server settings" : "");
    }

    private static @Nullable String waits(@Nullable Duration wait) {
        if (wait == null) {
            return null;
        }
        return wait.isZero()
                ? "does not wait for running builds"
                : "waits up to " + Durations.text(wait) + " for running builds";
    }

    private static @Nullable String ends(@Nullable Integer failures) {
        if (failures == null) {
            return null;
        }
        return "stops after " + failures + (failures == 1 ? " failed deletion" : " failed deletions");
    }

    private static @Nullable String batches(@Nullable Integer size) {
        if (size == null) {
            return null;
        }
        return size == 1 ? "batches of 1 record" : "batches of at most " + size + " records";
    }

    private static @Nullable String pauses(@Nullable Duration pause) {
        if (pause == null) {
            return null;
        }
        return pause.isZero()
                ? "does not pause between batches"
                : "pauses for " + Durations.text(pause) + " between batches";
    }
}
