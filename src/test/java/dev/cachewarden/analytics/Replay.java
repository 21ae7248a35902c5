package dev.cachewarden.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** A cache that is cut back to its size after each build, step by step: of each build the last used goes first, as children before parents. */
final class Replay {

    private final long capacity;
    private final LinkedHashMap<String, Long> cache = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> made = new HashSet<>();
    private final Set<String> build = new LinkedHashSet<>();
    private int hits;
    private Duration rebuilt = Duration.ZERO;

    /**
     * What came of it.
     *
     * @param hitRate from 0 to 1
     */
    record Outcome(double hitRate, Duration rebuildADay) {}

    private Replay(long capacity) {
        this.capacity = capacity;
    }

    /** @param trace oldest first */
    static Outcome of(List<RecordUse> trace, List<Instant> ends, long capacity) {
        var replay = new Replay(capacity);
        NavigableSet<Instant> ordered = new TreeSet<>(ends);
        Instant end = null;
        for (var use : trace) {
            if (end != null && use.at().isAfter(end)) {
                replay.cutBack();
            }
            replay.use(use);
            end = ordered.ceiling(use.at());
        }
        var span = Duration.between(trace.getFirst().at(), trace.getLast().at());
        double days = (double) span.toMillis() / Duration.ofDays(1).toMillis();
        return new Outcome(
                (double) replay.hits / trace.size(), Duration.ofMillis(Math.round(replay.rebuilt.toMillis() / days)));
    }

    private void use(RecordUse use) {
        build.add(use.content());
        if (cache.containsKey(use.content())) {
            hits++;
            return;
        }
        if (!made.add(use.content()) && use.rebuild() != null) {
            rebuilt = rebuilt.plus(use.rebuild());
        }
        cache.put(use.content(), use.size().bytes());
    }

    private void cutBack() {
        List.copyOf(build).reversed().forEach(cache::get);
        build.clear();
        long used = cache.values().stream().mapToLong(size -> size).sum();
        var oldest = cache.entrySet().iterator();
        while (used > capacity) {
            used -= oldest.next().getValue();
            oldest.remove();
        }
    }
}
