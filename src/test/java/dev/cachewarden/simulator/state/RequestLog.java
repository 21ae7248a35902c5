package dev.cachewarden.simulator.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a simulated engine was asked: counts of everything, and the last few in full. */
public final class RequestLog {

    private static final int LAST = 100;

    private final Map<String, Integer> counts = new HashMap<>();
    private final Deque<String> last = new ArrayDeque<>();

    /**
     * Notes a request.
     *
     * @param what such as {@code POST /build/prune}, without version and query, or {@code Control/Prune}
     * @param inFull as it came
     */
    public synchronized void add(String what, String inFull) {
        counts.merge(what, 1, Integer::sum);
        if (last.size() == LAST) {
            last.removeFirst();
        }
        last.addLast(inFull);
    }

    /** How often one thing was asked: {@code GET /system/df}, {@code POST /build/prune}, {@code Control/Prune}. */
    public synchronized int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    /** The last hundred, oldest first, as they came: method and whole path, or name and message of a gRPC call. */
    public synchronized List<String> last() {
        return List.copyOf(last);
    }
}
