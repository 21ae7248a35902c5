package dev.cachewarden.dashboard.prune;

import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyDrafts;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.security.Principal;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The actions for a draft on the page of its policy. */
@Controller
class PolicyDraftPageController {

    private final Policies policies;
    private final PolicyDrafts drafts;
    private final Plans plans;

    PolicyDraftPageController(Policies policies, PolicyDrafts drafts, Plans plans) {
        this.policies = policies;
        this.drafts = drafts;
        this.plans = plans;
    }

    /**
     * Activates a draft.
     *
     * @param draft time when the displayed draft was saved; a newer draft, which the user has not seen, is not activated
     */
    @PostMapping("/policies/{id}/draft/activate")
    String activate(@PathVariable long id, @RequestParam Instant draft, Principal principal, RedirectAttributes after) {
        try {
            var policy = drafts.activateDraft(id, draft, principal.getName());
            after.addFlashAttribute("notice", "The draft is active as version " + policy.version() + ".");
        } catch (InvalidInputException | ConflictException | NotFoundException e) {
            after.addFlashAttribute("wrong", "The draft cannot be activated: " + e.getMessage());
        }
        return "redirect:/policies/" + id;
    }

    @PostMapping("/policies/{id}/draft/discard")
    String discard(@PathVariable long id, @RequestParam Instant draft, RedirectAttributes after) {
        drafts.discardDraft(id, draft);
        after.addFlashAttribute("notice", "The draft is discarded. The active version did not change.");
        return "redirect:/policies/" + id;
    }

    /** Creates a plan from the draft for one host. This deletes nothing, and the page of the plan requires a confirmation to run it. */
    @PostMapping("/policies/{id}/draft/preview")
    String preview(@PathVariable long id, @RequestParam long host, Principal principal, RedirectAttributes after) {
        PolicyDraftView draft =
                drafts.draftOf(id).orElseThrow(() -> new NotFoundException("There is no draft of policy " + id + "."));
        try {
            var plan = plans.makeOf(draft.content(), id, new HostId(host), principal.getName());
            return "redirect:/plans/" + plan.id();
        } catch (InvalidInputException | ConflictException e) {
            after.addFlashAttribute("wrong", "No plan was created: " + e.getMessage());
            return "redirect:/policies/" + id;
        }
    }

    /**
     * Continues from a plan of a policy in report mode: saves a draft in enforce mode, and creates a plan from it for the same host. The
     * active version does not change. A disabled policy does nothing automatically, so it is changed directly.
     *
     * @param ofDraft whether the plan was created from the draft
     */
    @PostMapping("/policies/{id}/enforce")
    String enforce(
            @PathVariable long id,
            @RequestParam long host,
            @RequestParam(defaultValue = "false") boolean ofDraft,
            Principal principal,
            RedirectAttributes after) {
        var policy = policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
        try {
            return "redirect:/plans/"
                    + enforced(policy, new HostId(host), ofDraft, principal.getName())
                            .id();
        } catch (InvalidInputException | ConflictException e) {
            after.addFlashAttribute("wrong", "No plan was created: " + e.getMessage());
            return "redirect:/policies/" + id;
        }
    }

    private PlanView enforced(PolicyView policy, HostId host, boolean ofDraft, String by) {
        if (!ofDraft && !policy.enabled()) {
            var input = PolicyDocument.of(policy.content()).enforcing();
            policies.change(policy.id(), input, policy.version(), by);
            return plans.makeFor(policy.id(), host, by);
        }
        var before = drafts.draftOf(policy.id());
        if (before.isPresent() != ofDraft) {
            throw new ConflictException(
                    ofDraft
                            ? "The draft was activated or discarded after the plan was created. Open the policy to continue."
                            : "Policy " + policy.name() + " has a draft. Edit the draft or discard it.");
        }
        var content = ofDraft ? before.orElseThrow().content() : policy.content();
        int base = ofDraft ? before.orElseThrow().baseVersion() : policy.version();
        var draft = drafts.saveDraft(
                policy.id(),
                PolicyDocument.of(content).enforcing(),
                base,
                before.map(PolicyDraftView::savedAt).orElse(null),
                by);
        return plans.makeOf(draft.content(), policy.id(), host, by);
    }
}
