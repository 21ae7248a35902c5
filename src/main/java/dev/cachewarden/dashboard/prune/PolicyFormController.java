package dev.cachewarden.dashboard.prune;

import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDrafts;
import dev.cachewarden.policy.PolicyTemplates;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyFormController {

    private final Policies policies;
    private final PolicyDrafts drafts;
    private final Plans plans;
    private final HostRegistry hosts;

    PolicyFormController(Policies policies, PolicyDrafts drafts, Plans plans, HostRegistry hosts) {
        this.policies = policies;
        this.drafts = drafts;
        this.plans = plans;
        this.hosts = hosts;
    }

    /** The action for the entered policy. */
    private enum Action {
        /** Saves the policy as the active version. */
        SAVE,
        /** Saves a draft, which is not active. */
        DRAFT,
        /** Saves a draft, and creates a plan from it for one host. */
        TRY;

        static Action of(MultiValueMap<String, String> typed) {
            return switch (FormValues.text(typed, "action")) {
                case "draft" -> DRAFT;
                case "try" -> TRY;
                default -> SAVE;
            };
        }
    }

    @GetMapping("/policies/new")
    String blank(@RequestParam(required = false) @Nullable String template, Model model) {
        model.addAttribute("templates", PolicyTemplates.all());
        model.addAttribute("chosen", template);
        var form = template == null
                ? PolicyForm.blank()
                : PolicyTemplates.find(template)
                        .map(found -> PolicyForm.of(policies.read(found.policy()), ""))
                        .orElseThrow(() -> new NotFoundException("There is no template '" + template + "'."));
        return form(model, null, form, Map.of());
    }

    /**
     * Shows the form of an existing policy.
     *
     * @param draft whether to edit the draft; otherwise the form shows the active version
     */
    @GetMapping("/policies/{id}/edit")
    String filled(@PathVariable long id, @RequestParam(defaultValue = "false") boolean draft, Model model) {
        var policy = get(id);
        PolicySummary.requireEditable(policy);
        var kept = drafts.draftOf(id);
        if (!draft) {
            model.addAttribute("otherDraft", kept.orElse(null));
            return form(model, policy, PolicyForm.of(policy), Map.of());
        }
        var shown = kept.orElseThrow(() -> new NotFoundException("There is no draft of policy " + id + "."));
        model.addAttribute("draft", shown.savedAt());
        model.addAttribute("behind", shown.baseVersion() != policy.version());
        return form(model, policy, PolicyForm.of(shown.content(), Integer.toString(policy.version())), Map.of());
    }

    /** Creates a policy. A draft of a new policy is the policy itself in disabled state. */
    @PostMapping("/policies/new")
    String create(
            @RequestParam MultiValueMap<String, String> typed,
            Principal principal,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var form = DocumentForm.read(typed);
        var action = Action.of(typed);
        try {
            var input = PolicyForm.document(form);
            var policy = policies.create(action == Action.SAVE ? input : input.disabled(), principal.getName());
            if (action == Action.TRY) {
                return redirectToPlan(
                        () -> plans.makeFor(policy.id(), host(typed), principal.getName()),
                        "/policies/" + policy.id(),
                        after);
            }
            after.addFlashAttribute(
                    "notice",
                    "'" + policy.name() + "' is saved"
                            + (action == Action.SAVE
                                    ? ". Preview it before you use it. The preview deletes nothing."
                                    : " and disabled. Triggers do not start it until you enable it."));
            return "redirect:/policies/" + policy.id();
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(model, null, form, FormValues.problems(e));
        }
    }

    @PostMapping("/policies/{id}/edit")
    String change(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Principal principal,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var before = get(id);
        var form = DocumentForm.read(typed);
        model.addAttribute("draft", FormValues.text(typed, "draft"));
        try {
            var seen = seenDraft(typed);
            return Action.of(typed) == Action.SAVE
                    ? saved(before, form, seen, principal, after)
                    : saveDraft(before, form, seen, typed, principal, after);
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(model, before, form, FormValues.problems(e));
        } catch (ConflictException e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            model.addAttribute("wrong", e.getMessage());
            return form(model, before, form, Map.of());
        }
    }

    private String saved(
            PolicyView before,
            DocumentForm form,
            @Nullable Instant seen,
            Principal principal,
            RedirectAttributes after) {
        var policy = policies.change(
                before.id(), PolicyForm.document(form), PolicyForm.expectedVersion(form), principal.getName());
        if (seen != null) {
            drafts.discardDraft(before.id(), seen);
        }
        after.addFlashAttribute(
                "notice",
                policy.version() == before.version()
                        ? "Nothing was changed. Version " + policy.version() + " stays active."
                        : "Version " + policy.version() + " is saved.");
        return "redirect:/policies/" + before.id();
    }

    private String saveDraft(
            PolicyView before,
            DocumentForm form,
            @Nullable Instant seen,
            MultiValueMap<String, String> typed,
            Principal principal,
            RedirectAttributes after) {
        var version = Objects.requireNonNullElse(PolicyForm.expectedVersion(form), before.version());
        var draft = drafts.saveDraft(before.id(), PolicyForm.document(form), version, seen, principal.getName());
        if (Action.of(typed) == Action.TRY) {
            return redirectToPlan(
                    () -> plans.makeOf(draft.content(), before.id(), host(typed), principal.getName()),
                    "/policies/" + before.id() + "/edit?draft=true",
                    after);
        }
        after.addFlashAttribute(
                "notice",
                "The draft is saved. Version " + before.version() + " stays active until you activate the draft.");
        return "redirect:/policies/" + before.id();
    }

    /**
     * Redirects to a new plan. The input is already saved.
     *
     * @param otherwise page to show if the plan could not be created
     */
    private static String redirectToPlan(Supplier<PlanView> plan, String otherwise, RedirectAttributes after) {
        try {
            return "redirect:/plans/" + plan.get().id();
        } catch (InvalidInputException | ConflictException | NotFoundException e) {
            after.addFlashAttribute("wrong", "Your input is saved, but no plan was created: " + e.getMessage());
            return "redirect:" + otherwise;
        }
    }

    private static HostId host(MultiValueMap<String, String> typed) {
        String host = FormValues.text(typed, "host");
        if (!host.matches("\\d{1,18}")) {
            throw new InvalidInputException("host", "must be selected");
        }
        return new HostId(Long.parseLong(host));
    }

    private static @Nullable Instant seenDraft(MultiValueMap<String, String> typed) {
        String seen = FormValues.text(typed, "draft");
        try {
            return seen.isEmpty() ? null : Instant.parse(seen);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException("draft", "must be a time, not '" + seen + "': reload the page");
        }
    }

    private String form(Model model, @Nullable PolicyView policy, DocumentForm form, Map<String, String> problems) {
        model.addAttribute("policy", policy);
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute("page", UUID.randomUUID());
        model.addAttribute(
                "hosts", hosts.all().stream().filter(WatchedHost::enabled).toList());
        return "dashboard/policy-form";
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }
}
