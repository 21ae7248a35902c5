package dev.cachewarden.dashboard.prune;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyChange;
import dev.cachewarden.policy.PolicyChecks;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyDrafts;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyPrecedence;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.RuleWords;
import dev.cachewarden.rest.NotFoundException;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyPageController {

    private static final int STARTS_SHOWN = 5;
    private static final int VERSIONS_SHOWN = 10;

    private final Policies policies;
    private final HostRegistry hosts;
    private final PolicyVersions versions;
    private final PolicyChecks checks;
    private final PolicyDrafts drafts;

    PolicyPageController(
            Policies policies, HostRegistry hosts, PolicyVersions versions, PolicyChecks checks, PolicyDrafts drafts) {
        this.policies = policies;
        this.hosts = hosts;
        this.versions = versions;
        this.checks = checks;
        this.drafts = drafts;
    }

    @GetMapping("/policies")
    String list(Model model) {
        model.addAttribute(
                "policies", policies.all().stream().map(PolicySummary::of).toList());
        return "dashboard/policies";
    }

    @GetMapping("/policies/{id}")
    String policy(@PathVariable long id, Model model) {
        var policy = get(id);
        model.addAttribute("view", PolicySummary.of(policy));
        model.addAttribute("hosts", inScope(policy));
        model.addAttribute("overruled", overruled(policy));
        model.addAttribute("warnings", checks.of(policy));
        var all = versions.of(id);
        model.addAttribute("versions", all.stream().limit(VERSIONS_SHOWN).toList());
        model.addAttribute("olderVersions", Math.max(0, all.size() - VERSIONS_SHOWN));
        model.addAttribute("starts", starts(policy));
        drafts.draftOf(id).ifPresent(draft -> {
            model.addAttribute("draft", DraftSummary.of(draft, policy));
            model.addAttribute(
                    "draftHosts",
                    hosts.all().stream()
                            .filter(host -> host.enabled() && draft.content().covers(host))
                            .toList());
        });
        return "dashboard/policy";
    }

    @GetMapping("/policies/{id}/delete")
    String askBeforeDeleting(@PathVariable long id, Model model) {
        var policy = get(id);
        PolicySummary.requireEditable(policy);
        model.addAttribute("view", PolicySummary.of(policy));
        return "dashboard/policy-delete";
    }

    @PostMapping("/policies/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes after) {
        var policy = get(id);
        policies.remove(id);
        after.addFlashAttribute("notice", "'" + policy.name() + "' is deleted. Its plans and runs are kept.");
        return "redirect:/policies";
    }

    private List<WatchedHost> inScope(PolicyView policy) {
        return hosts.all().stream().filter(host -> policy.covers(host)).toList();
    }

    /** Returns the hosts in the scope of the policy that another policy prunes, with the reason. */
    private List<Overruled> overruled(PolicyView policy) {
        if (!policy.enabled() || policy.mode() == PolicyMode.REPORT) {
            return List.of();
        }
        var all = policies.all();
        return inScope(policy).stream()
                .flatMap(host -> PolicyPrecedence.of(addresses(host), all)
                        .overruling(policy)
                        .map(by -> new Overruled(host, by, PolicyPrecedence.why(by, policy)))
                        .stream())
                .toList();
    }

    private List<WatchedHost> addresses(WatchedHost host) {
        return host.engineId() == null ? List.of(host) : hosts.withEngine(host.engineId());
    }

    /** A host that another policy prunes. */
    record Overruled(WatchedHost host, PolicyView by, String why) {}

    private List<Instant> starts(PolicyView policy) {
        return policy.enabled() && policy.cron() != null
                ? policies.nextStarts(policy.cron(), policy.timeZone().getId(), STARTS_SHOWN)
                : List.of();
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }

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
}
