package dev.cachewarden.policy.web;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDraftView;
import java.time.Instant;

/**
 * A draft of a policy in a response.
 *
 * @param baseVersion the version that the draft is based on
 * @param policy its content, which a client can send back as a change
 */
record DraftResponse(int baseVersion, Instant savedAt, String savedBy, PolicyDocument policy) {

    static DraftResponse of(PolicyDraftView draft) {
        return new DraftResponse(
                draft.baseVersion(), draft.savedAt(), draft.savedBy(), PolicyDocument.of(draft.content()));
    }
}
