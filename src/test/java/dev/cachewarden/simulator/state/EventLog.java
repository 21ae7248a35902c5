package dev.cachewarden.simulator.state;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The prunes an engine remembers: only those over its HTTP API, and only the last 256. */
public final class EventLog {

    private static final int KEPT = 256;

    private final Deque<Prune> prunes = new ArrayDeque<>();

    /** A prune that ended. */
    public record Prune(Instant at, long reclaimed) {}

    public synchronized void add(Prune prune) {
        if (prunes.size() == KEPT) {
            prunes.removeFirst();
        }
        prunes.addLast(prune);
    }

    /** Oldest first. */
    public synchronized List<Prune> prunes() {
        return List.copyOf(prunes);
    }
}
