package dev.cachewarden.prune.web.policy;

import dev.cachewarden.prune.version.PolicyDraftView;
import java.time.Instant;

/**
 * A draft of a policy in an answer.
 *
 * @param baseVersion the version it was written from
 * @param policy what it says; can be sent back as a change
 */
record DraftResponse(int baseVersion, Instant savedAt, String savedBy, PolicyContentResponse policy) {

    static DraftResponse of(PolicyDraftView draft) {
        return new DraftResponse(
                draft.baseVersion(), draft.savedAt(), draft.savedBy(), PolicyContentResponse.of(draft.content()));
    }
}
