package dev.cachewarden.prune.version;

import dev.cachewarden.prune.PolicyInput;
import dev.cachewarden.prune.PolicyView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes of policies that are not in force: one at most for each policy. The version in force goes on as if there were none. */
public interface PolicyDrafts {

    Optional<PolicyDraftView> draftOf(long policyId);

    /**
     * Saves a draft in place of the one there is.
     *
     * @param baseVersion the version it was written from
     * @param replaces when the draft was saved that it takes the place of; null: there was none
     * @param by who saves
     * @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy
     * @throws dev.cachewarden.rest.ConflictException if there is another draft than that, or the policy comes from a configuration
     *     file
     */
    PolicyDraftView saveDraft(long policyId, PolicyInput input, int baseVersion, @Nullable Instant replaces, String by);

    /**
     * Saves the draft as the next version, and forgets it.
     *
     * @param seen when the one was saved that the caller knows; null: whichever there is
     * @param by who asks
     * @throws dev.cachewarden.rest.NotFoundException if there is none
     * @throws dev.cachewarden.rest.ConflictException if there is another draft than that, or the policy has another version by now than
     *     the draft was written from
     * @throws dev.cachewarden.rest.InvalidInputException if its name is taken by another policy meanwhile
     */
    PolicyView activateDraft(long policyId, @Nullable Instant seen, String by);

    /**
     * Forgets the draft, if it is still the one that was seen.
     *
     * @param seen when that was saved
     */
    void discardDraft(long policyId, Instant seen);
}
