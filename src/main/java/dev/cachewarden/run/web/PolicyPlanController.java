package dev.cachewarden.run.web;

import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyDrafts;
import dev.cachewarden.policy.web.Parameters;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.IdempotencyKey;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.Runs;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Plans and runs of a policy, and plans of its draft. */
@RestController
@RequestMapping("/api/v1/policies/{id}")
class PolicyPlanController {

    private final Policies policies;
    private final PolicyDrafts drafts;
    private final Plans plans;
    private final Runs runs;

    PolicyPlanController(Policies policies, PolicyDrafts drafts, Plans plans, Runs runs) {
        this.policies = policies;
        this.drafts = drafts;
        this.plans = plans;
        this.runs = runs;
    }

    /**
     * Makes plans for every engine in the scope, from the last snapshots. It deletes nothing.
     *
     * @param host the only host to plan for; if absent, all hosts in the scope
     */
    @PostMapping("/plan")
    Page<HostOutcomeResponse> planPolicy(
            @PathVariable long id, @RequestParam(required = false) @Nullable Long host, Principal principal) {
        if (host != null) {
            var plan = plans.makeFor(id, new HostId(host), principal.getName());
            return new Page<>(List.of(HostOutcomeResponse.of(new PlanOutcome.Planned(plan))), null);
        }
        return new Page<>(
                plans.makeFor(id, principal.getName()).stream()
                        .map(HostOutcomeResponse::of)
                        .toList(),
                null);
    }

    /** Makes plans for every engine in the scope from new snapshots, and runs them. */
    @PostMapping("/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<Page<HostOutcomeResponse>> runPolicy(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String countdown,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            HttpServletRequest http) {
        var request = new RunRequest(Caller.of(http), Parameters.countdown(countdown), IdempotencyKey.checked(key));
        var outcomes = runs.startFor(id, request);
        return ResponseEntity.accepted()
                .location(URI.create(place(id, outcomes)))
                .body(new Page<>(outcomes.stream().map(HostOutcomeResponse::of).toList(), null));
    }

    /** Returns the path of the group of runs if there is one, otherwise the path of the policy's runs. */
    private static String place(long policy, List<RunOutcome> outcomes) {
        return outcomes.stream()
                .filter(RunOutcome.Requested.class::isInstance)
                .map(outcome -> ((RunOutcome.Requested) outcome).run().request().group())
                .filter(Objects::nonNull)
                .findFirst()
                .map(group -> "/api/v1/runs/groups/" + group)
                .orElse("/api/v1/runs?policy=" + policy);
    }

    /** Makes a plan for one host from the draft. It deletes nothing. */
    @PostMapping("/draft/plan")
    HostOutcomeResponse planDraft(@PathVariable long id, @RequestParam long host, Principal principal) {
        return HostOutcomeResponse.of(
                new PlanOutcome.Planned(plans.makeOf(draft(id).content(), id, new HostId(host), principal.getName())));
    }

    private PolicyDraftView draft(long id) {
        var policy = policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
        return drafts.draftOf(policy.id())
                .orElseThrow(() -> new NotFoundException("There is no draft of policy " + id + "."));
    }

    /**
     * The result of planning or running for one host.
     *
     * @param plan the plan, or null if no plan was requested or made
     * @param run the run, or null if no run was requested or created
     * @param reason why there is neither, or null if there is one
     */
    @Schema(name = "HostOutcome")
    record HostOutcomeResponse(
            String hostName,
            @Nullable PlanResponse plan,
            @Nullable RunResponse run,
            @Nullable String reason) {

        static HostOutcomeResponse of(PlanOutcome outcome) {
            return switch (outcome) {
                case PlanOutcome.Planned planned ->
                    new HostOutcomeResponse(planned.hostName(), PlanResponse.of(planned.plan()), null, null);
                case PlanOutcome.Refused refused ->
                    new HostOutcomeResponse(refused.hostName(), null, null, refused.reason());
            };
        }

        static HostOutcomeResponse of(RunOutcome outcome) {
            return switch (outcome) {
                case RunOutcome.Requested requested ->
                    new HostOutcomeResponse(requested.hostName(), null, RunResponse.of(requested.run()), null);
                case RunOutcome.NothingToDelete nothing ->
                    new HostOutcomeResponse(nothing.hostName(), null, null, "The policy deletes nothing there.");
                case RunOutcome.Refused refused ->
                    new HostOutcomeResponse(refused.hostName(), null, null, refused.reason());
            };
        }
    }
}
