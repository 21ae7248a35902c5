package dev.cachewarden.prune.preview;

import dev.cachewarden.prune.PolicyInput;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tells what a policy would do while it is being written. */
public interface PolicyPreviews {

    /**
     * Works it out for every engine in scope. A missing name is no fault here.
     *
     * @param activeId the policy to compare with as it is saved; null: none
     * @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted
     * @throws dev.cachewarden.rest.NotFoundException if there is no policy to compare with
     */
    default PolicyPreview of(PolicyInput input, @Nullable Long activeId) {
        return of(input, activeId, () -> false);
    }

    /**
     * The same while somebody waits for it.
     *
     * @param superseded whether nobody waits for it any more; asked before each engine
     * @throws CancellationException if so
     */
    PolicyPreview of(PolicyInput input, @Nullable Long activeId, BooleanSupplier superseded);
}
