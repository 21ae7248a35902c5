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
     * <p>To stop it, interrupt the calling thread: the call under way is cancelled and nothing further is sent. What the builder
     * deleted until it heard of that is gone.
     *
     * @param onPruned told of each record as soon as the builder reports it gone, on the calling thread. However long it takes, the
     *     builder is not held up; what it throws stops the prune
     * @throws EngineUnreachableException if the answer broke off, or another engine answers there ({@code DIFFERENT_ENGINE}, nothing
     *     was deleted then); records reported up to then, and some more, are gone
     * @throws EngineRefusedException if the engine answered with an error
     */
    PruneReport prune(PruneOrder order, Consumer<PrunedRecord> onPruned);
}
