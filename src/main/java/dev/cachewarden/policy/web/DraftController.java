package dev.cachewarden.policy.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyDrafts;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.NotFoundException;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the draft of a policy. */
@RestController
@RequestMapping("/api/v1/policies/{id}/draft")
class DraftController {

    private final Policies policies;
    private final PolicyDrafts drafts;

    DraftController(Policies policies, PolicyDrafts drafts) {
        this.policies = policies;
        this.drafts = drafts;
    }

    /** Returns the draft of a policy. */
    @GetMapping
    DraftResponse getDraft(@PathVariable long id) {
        return DraftResponse.of(get(id));
    }

    /**
     * Saves a draft. The active version remains unchanged. The {@code version} in the body is the one that the draft is based on; if it is
     * absent, the active version.
     *
     * @param replaces {@code savedAt} of the draft to replace; if absent, no draft may exist
     */
    @PutMapping
    DraftResponse saveDraft(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Instant replaces,
            @RequestBody PolicyRequest request,
            Principal principal) {
        int base = request.version() == null ? policy(id).version() : request.version();
        return DraftResponse.of(drafts.saveDraft(id, request.policy(), base, replaces, principal.getName()));
    }

    /**
     * Saves the draft as the next version.
     *
     * @param seen {@code savedAt} of the draft to activate; if absent, any draft
     */
    @PostMapping("/activate")
    PolicyResponse activateDraft(
            @PathVariable long id, @RequestParam(required = false) @Nullable Instant seen, Principal principal) {
        return PolicyResponse.of(drafts.activateDraft(id, seen, principal.getName()));
    }

    /** Discards the draft of a policy. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discardDraft(@PathVariable long id) {
        drafts.discardDraft(id, get(id).savedAt());
    }

    private PolicyDraftView get(long id) {
        return drafts.draftOf(policy(id).id())
                .orElseThrow(() -> new NotFoundException("There is no draft of policy " + id + "."));
    }

    private PolicyView policy(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }

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
}
