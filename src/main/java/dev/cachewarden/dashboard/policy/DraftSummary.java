package dev.cachewarden.dashboard.policy;

import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.version.PolicyChange;
import dev.cachewarden.prune.version.PolicyDraftView;
import dev.cachewarden.prune.version.RuleWords;
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
