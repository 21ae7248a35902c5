package dev.cachewarden.dashboard;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyDrafts;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Drafts kept in memory. Each is saved a second after the one before it. */
final class FakeDrafts implements PolicyDrafts {

    private final FakePolicies policies;
    private final Map<Long, PolicyDraftView> drafts = new ConcurrentHashMap<>();
    private final Map<Long, PolicyDocument> inputs = new ConcurrentHashMap<>();
    private Instant now = Fleets.NOW.minusSeconds(3_600);

    FakeDrafts(FakePolicies policies) {
        this.policies = policies;
    }

    void clear() {
        drafts.clear();
    }

    @Override
    public Optional<PolicyDraftView> draftOf(long policyId) {
        return Optional.ofNullable(drafts.get(policyId));
    }

    @Override
    public PolicyDraftView saveDraft(
            long policyId, PolicyDocument input, int baseVersion, @Nullable Instant replaces, String by) {
        var content = PolicyParts.read(input);
        var before = drafts.get(policyId);
        if (before != null && !before.savedAt().equals(replaces)) {
            throw new ConflictException("There is another draft, by " + before.savedBy() + "; nothing was stored.");
        }
        now = now.plusSeconds(1);
        var draft = new PolicyDraftView(policyId, baseVersion, content, now, by);
        drafts.put(policyId, draft);
        inputs.put(policyId, input);
        return draft;
    }

    @Override
    public PolicyView activateDraft(long policyId, @Nullable Instant seen, String by) {
        var draft = draftOf(policyId).orElseThrow(() -> new NotFoundException("There is no draft."));
        if (seen != null && !seen.equals(draft.savedAt())) {
            throw new ConflictException("There is another draft by now.");
        }
        var policy = policies.find(policyId).orElseThrow();
        if (policy.version() != draft.baseVersion()) {
            throw new ConflictException("Policy " + policy.name() + " is at version " + policy.version() + " by now.");
        }
        drafts.remove(policyId);
        return policies.change(policyId, Objects.requireNonNull(inputs.get(policyId)), null, by);
    }

    @Override
    public void discardDraft(long policyId, Instant seen) {
        drafts.computeIfPresent(policyId, (id, draft) -> draft.savedAt().equals(seen) ? null : draft);
    }
}
