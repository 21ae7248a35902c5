package dev.cachewarden.prune.web.policy;

import dev.cachewarden.host.HostId;
import dev.cachewarden.prune.PlanOutcome;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.RunOutcome;
import dev.cachewarden.prune.RunRequest;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.prune.check.PolicyChecks;
import dev.cachewarden.prune.web.HostOutcomeResponse;
import dev.cachewarden.prune.web.Parameters;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for policies. */
@RestController
@RequestMapping("/api/v1/policies")
class PolicyController {

    private final Policies policies;
    private final Plans plans;
    private final Runs runs;
    private final PolicyChecks checks;

    PolicyController(Policies policies, Plans plans, Runs runs, PolicyChecks checks) {
        this.policies = policies;
        this.plans = plans;
        this.runs = runs;
        this.checks = checks;
    }

    /** Returns all policies, sorted by name. */
    @GetMapping
    Page<PolicyResponse> all() {
        return new Page<>(policies.all().stream().map(PolicyResponse::of).toList(), null);
    }

    @GetMapping("/{id}")
    PolicyResponse one(@PathVariable long id) {
        return policies.find(id)
                .map(this::checked)
                .orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }

    /** Returns a policy with all checks. The list of all policies contains only the checks that need no data about hosts. */
    private PolicyResponse checked(PolicyView policy) {
        return PolicyResponse.of(policy, checks.of(policy));
    }

    @PostMapping
    ResponseEntity<PolicyResponse> create(@RequestBody PolicyRequest request, Principal principal) {
        var policy = policies.create(request.toInput(), principal.getName());
        return ResponseEntity.created(URI.create("/api/v1/policies/" + policy.id()))
                .body(checked(policy));
    }

    @PutMapping("/{id}")
    PolicyResponse change(@PathVariable long id, @RequestBody PolicyRequest request, Principal principal) {
        return checked(policies.change(id, request.toInput(), request.version(), principal.getName()));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(@PathVariable long id) {
        policies.remove(id);
        return ResponseEntity.noContent().build();
    }

    /**
     * Makes plans for every engine in the scope, from the last snapshots. It deletes nothing.
     *
     * @param host the only host to plan for; if absent, all hosts in the scope
     */
    @PostMapping("/{id}/plan")
    Page<HostOutcomeResponse> plan(
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
    @PostMapping("/{id}/run")
    ResponseEntity<Page<HostOutcomeResponse>> run(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String countdown,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest http) {
        var request = new RunRequest(Caller.of(http), Parameters.countdown(countdown), Parameters.idempotencyKey(key));
        var outcomes = runs.startFor(id, request);
        return ResponseEntity.accepted()
                .location(URI.create(place(id, outcomes)))
                .body(new Page<>(outcomes.stream().map(HostOutcomeResponse::of).toList(), null));
    }

    /** Returns the path of the group of runs if there is one, otherwise the path of the policy's runs. */
    private static String place(long policy, List<RunOutcome> outcomes) {
        return outcomes.stream()
                .filter(RunOutcome.Requested.class::isInstance)
                .map(outcome -> ((RunOutcome.Requested) outcome).run().group())
                .filter(Objects::nonNull)
                .findFirst()
                .map(group -> "/api/v1/runs/groups/" + group)
                .orElse("/api/v1/runs?policy=" + policy);
    }
}
