package dev.cachewarden.policy.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDraftView;
import java.time.Instant;

/**
 * A draft of a policy in a response, in the form of a policy.
 *
 * @param version the version that the draft is based on
 */
record DraftResponse(@JsonUnwrapped PolicyDocument content, int version, Instant savedAt, String savedBy) {

    static DraftResponse of(PolicyDraftView draft) {
        return new DraftResponse(
                PolicyDocument.of(draft.content()), draft.baseVersion(), draft.savedAt(), draft.savedBy());
    }
}
