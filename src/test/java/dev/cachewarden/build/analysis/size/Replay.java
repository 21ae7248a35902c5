package dev.cachewarden.build.analysis.size;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** A cache that evicts the least recently used, step by step. */
record Replay(double hitRate, Duration rebuildADay) {

    static Replay of(List<RecordUse> trace, long capacity) {
        var cache = new LinkedHashMap<String, Long>(16, 0.75f, true);
        Set<String> made = new HashSet<>();
        long used = 0;
        long hits = 0;
        var rebuilt = Duration.ZERO;
        for (var use : trace) {
            if (cache.get(use.content()) != null) {
                hits++;
            } else {
                if (!made.add(use.content()) && use.rebuild() != null) {
                    rebuilt = rebuilt.plus(use.rebuild());
                }
                cache.put(use.content(), use.size().bytes());
                used += use.size().bytes();
                var oldest = cache.entrySet().iterator();
                while (used > capacity) {
                    used -= oldest.next().getValue();
                    oldest.remove();
                }
            }
        }
        var span = Duration.between(trace.getFirst().at(), trace.getLast().at());
        double days = (double) span.toMillis() / Duration.ofDays(1).toMillis();
        return new Replay((double) hits / trace.size(), Duration.ofMillis(Math.round(rebuilt.toMillis() / days)));
    }
}
