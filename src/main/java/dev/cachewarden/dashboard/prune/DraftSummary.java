package dev.cachewarden.dashboard.prune;

import dev.cachewarden.policy.PolicyChange;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.RuleWords;
import java.util.List;

/**
 * A draft as the page of its policy shows it.
 *
 * @param changes changes compared with the active version
 * @param behind whether the policy has a newer version than the one that the draft is based on
 */
record DraftSummary(PolicyDraftView draft, List<PolicyChange> changes, boolean behind) {

    static DraftSummary of(PolicyDraftView draft, PolicyView policy) {
        return new DraftSummary(
                draft,
                PolicyChange.between(policy.content(), draft.content(), RuleWords::of),
                draft.baseVersion() != policy.version());
    }

    public boolean enforces() {
        return draft.content().mode() == PolicyMode.ENFORCE;
    }
}
