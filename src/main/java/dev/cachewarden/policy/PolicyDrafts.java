package dev.cachewarden.policy;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The drafts of policies: changes that are not in force, at most one for each policy. A draft does not affect the active version. */
public interface PolicyDrafts {

    Optional<PolicyDraftView> draftOf(long policyId);

    /**
     * Saves a draft and replaces the existing one.
     *
     * @param baseVersion the version that the draft is based on
     * @param replaces the save time of the draft to replace, or null if there was none
     * @param by the user who saves it
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     * @throws dev.cachewarden.rest.NotFoundException if the policy does not exist
     * @throws dev.cachewarden.rest.ConflictException if there is another draft than that, or the policy comes from a configuration file
     */
    PolicyDraftView saveDraft(
            long policyId, PolicyDocument input, int baseVersion, @Nullable Instant replaces, String by);

    /**
     * Saves the draft as the next version, and deletes the draft.
     *
     * @param seen the save time of the draft that the caller knows, or null to accept any draft
     * @param by the user who activates it
     * @throws dev.cachewarden.rest.NotFoundException if there is no draft
     * @throws dev.cachewarden.rest.ConflictException if there is another draft than that, or the policy no longer has the version that the
     *     draft is based on
     * @throws dev.cachewarden.rest.InvalidInputException if another policy has taken its name in the meantime
     */
    PolicyView activateDraft(long policyId, @Nullable Instant seen, String by);

    /**
     * Deletes the draft, if it is still the one that the caller knows.
     *
     * @param seen the save time of that draft
     */
    void discardDraft(long policyId, Instant seen);
}
