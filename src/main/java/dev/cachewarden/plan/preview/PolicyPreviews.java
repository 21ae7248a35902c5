package dev.cachewarden.plan.preview;

import dev.cachewarden.policy.PolicyDocument;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Previews of the effect of a policy while a user edits it. */
public interface PolicyPreviews {

    /**
     * Calculates a preview for every engine in the scope. A missing name is valid here.
     *
     * @param activeId the saved policy to compare with, or null for none
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     * @throws dev.cachewarden.rest.NotFoundException if the policy to compare with does not exist
     */
    default PolicyPreview of(PolicyDocument input, @Nullable Long activeId) {
        return of(input, activeId, () -> false);
    }

    /**
     * Calculates a preview that can be superseded.
     *
     * @param superseded whether no client waits for the preview any more; checked before each engine
     * @throws CancellationException if it was superseded
     */
    PolicyPreview of(PolicyDocument input, @Nullable Long activeId, BooleanSupplier superseded);
}
