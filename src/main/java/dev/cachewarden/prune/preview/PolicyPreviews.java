package dev.cachewarden.prune.preview;

import dev.cachewarden.prune.PolicyInput;
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
    PolicyPreview of(PolicyInput input, @Nullable Long activeId);
}
