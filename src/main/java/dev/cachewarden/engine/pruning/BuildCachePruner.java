package dev.cachewarden.engine.pruning;

import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import java.util.function.Consumer;

/** Deletes exactly the records of an order, and no others. */
public interface BuildCachePruner {

    /**
     * Deletes the records of an order. First verifies that the engine at the address is the one of the order. Never sends a limit, and no
     * filter except exact IDs. The builder skips records that are in use, have children, or are already deleted, without an error. A
     * missing error is not a success, so compare the report with the order.
     *
     * <p>To stop the prune, interrupt the calling thread. This cancels the current call, and nothing more is sent. The builder may delete
     * more records until it notices the cancellation.
     *
     * @param onPruned called on the calling thread for each record as soon as the builder reports its deletion. A slow callback does not
     *     delay the builder; an exception of it stops the prune
     * @throws EngineUnreachableException if the answer broke off, or a different engine answers ({@code DIFFERENT_ENGINE}; then nothing was
     *     deleted). The records reported before are deleted, and possibly more
     * @throws EngineRefusedException if the engine answered with an error
     */
    PruneReport prune(PruneOrder order, Consumer<PrunedRecord> onPruned);
}
