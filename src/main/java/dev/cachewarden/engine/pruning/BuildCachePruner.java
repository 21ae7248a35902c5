package dev.cachewarden.engine.pruning;

import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import java.util.function.Consumer;

/** Deletes exactly the records it is given, and nothing that they do not name. */
public interface BuildCachePruner {

    /**
     * Deletes. First checks that the engine behind the address is the one the order names. Never sends a limit, and never a filter
     * other than exact ids. What the builder does not delete (in use, has children, gone already) is passed over without an error:
     * silence is not success, so compare the report with the order.
     *
     * @param onPruned told of each record as soon as the builder reports it gone, on a thread of the pruner's; must return quickly,
     *     since a builder waits with its lock held while its report is not taken
     * @throws EngineUnreachableException if the answer broke off, or another engine answers there ({@code DIFFERENT_ENGINE}, nothing
     *     was deleted then); records reported up to then, and some more, are gone
     * @throws EngineRefusedException if the engine answered with an error
     */
    PruneReport prune(PruneOrder order, Consumer<PrunedRecord> onPruned);
}
