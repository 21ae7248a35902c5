package dev.cachewarden.engine.docker;

import java.util.List;

/**
 * The answer to {@code POST /build/prune}.
 *
 * @param deleted IDs of the deleted records; empty if nothing was deleted
 * @param spaceReclaimed bytes, zero or more
 */
public record PruneAnswer(List<String> deleted, long spaceReclaimed) {
    public PruneAnswer {
        deleted = List.copyOf(deleted);
    }
}
