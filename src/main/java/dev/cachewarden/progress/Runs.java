package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a vertex, recorded step by step. The start identifies a run, and its end arrives in a later update. */
final class Runs {

    private final List<Vertex.Run> reported = new ArrayList<>(1);

    /** Adds a run, or replaces the one with the same start. Returns false if there were more than {@code most} runs. */
    boolean put(Vertex.Run run, int most) {
        int place = Collections.binarySearch(reported, run, Comparator.comparing(Vertex.Run::started));
        if (place >= 0) {
            reported.set(place, run);
        } else {
            reported.add(-place - 1, run);
        }
        if (reported.size() <= most) {
            return true;
        }
        var last = reported.removeLast();
        var before = reported.removeLast();
        reported.add(new Vertex.Run(before.started(), last.completed()));
        return false;
    }

    /** Returns true if the latest run started at exactly this time and has no end. */
    boolean runsSince(Instant started) {
        return !reported.isEmpty()
                && reported.getLast().completed() == null
                && reported.getLast().started().equals(started);
    }

    boolean isEmpty() {
        return reported.isEmpty();
    }

    /** Returns the runs without overlaps. A run without an end lasts until the next one starts. */
    List<Vertex.Run> merged() {
        List<Vertex.Run> merged = new ArrayList<>(reported.size());
        for (var run : reported) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || !touches(last, run)) {
                merged.add(run);
            } else {
                merged.set(merged.size() - 1, new Vertex.Run(last.started(), later(last.completed(), run.completed())));
            }
        }
        return merged;
    }

    private static boolean touches(Vertex.Run earlier, Vertex.Run later) {
        return earlier.completed() == null || !earlier.completed().isBefore(later.started());
    }

    private static @Nullable Instant later(@Nullable Instant end, @Nullable Instant other) {
        if (end == null || other == null) {
            return other;
        }
        return end.isBefore(other) ? other : end;
    }

    /** Returns the total duration of the runs, or null if there is none or the last one has no end. */
    static @Nullable Duration duration(List<Vertex.Run> merged) {
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
