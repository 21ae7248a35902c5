package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a vertex ran, told piece by piece: a run is known by its start and told again when it ends. */
final class Runs {

    private final List<VertexRun> told = new ArrayList<>(1);

    /** Takes a run, instead of the one with the same start. Returns false if that makes more than {@code most}. */
    boolean put(VertexRun run, int most) {
        int place = Collections.binarySearch(told, run, Comparator.comparing(VertexRun::started));
        if (place >= 0) {
            told.set(place, run);
        } else {
            told.add(-place - 1, run);
        }
        if (told.size() <= most) {
            return true;
        }
        var last = told.removeLast();
        var before = told.removeLast();
        told.add(new VertexRun(before.started(), last.completed()));
        return false;
    }

    /** Whether the latest run began at this very moment and was not told to end. */
    boolean runsSince(Instant started) {
        return !told.isEmpty()
                && told.getLast().completed() == null
                && told.getLast().started().equals(started);
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /** Without overlaps. A run that was never told to end lasts until the next begins. */
    List<VertexRun> merged() {
        List<VertexRun> merged = new ArrayList<>(told.size());
        for (var run : told) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || !touches(last, run)) {
                merged.add(run);
            } else {
                merged.set(merged.size() - 1, new VertexRun(last.started(), later(last.completed(), run.completed())));
            }
        }
        return merged;
    }

    private static boolean touches(VertexRun earlier, VertexRun later) {
        return earlier.completed() == null || !earlier.completed().isBefore(later.started());
    }

    private static @Nullable Instant later(@Nullable Instant end, @Nullable Instant other) {
        if (end == null || other == null) {
            return other;
        }
        return end.isBefore(other) ? other : end;
    }

    /** How long the runs took together; null if there is none or the last still runs. */
    static @Nullable Duration duration(List<VertexRun> merged) {
        if (merged.isEmpty()) {
            return null;
        }
        var sum = Duration.ZERO;
        for (var run : merged) {
            if (run.completed() == null) {
                return null;
            }
            sum = sum.plus(Duration.between(run.started(), run.completed()));
        }
        return sum;
    }
}
