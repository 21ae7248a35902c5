package dev.cachewarden.policy.web;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyChecks;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import java.net.URI;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for policies. */
@RestController
@RequestMapping("/api/v1/policies")
class PolicyController {

    private final Policies policies;
    private final PolicyChecks checks;

    PolicyController(Policies policies, PolicyChecks checks) {
        this.policies = policies;
        this.checks = checks;
    }

    /** Returns all policies, sorted by name. */
    @GetMapping
    Page<PolicyResponse> listPolicies(Paging paging) {
        return paging.of("policies", policies.all(), PolicyResponse::of, policy -> Long.toString(policy.id()));
    }

    /** Returns a policy with all checks. */
    @GetMapping("/{id}")
    PolicyResponse getPolicy(@PathVariable long id) {
        return policies.find(id)
                .map(this::checked)
                .orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }

    /** Returns a policy with all checks. The list of all policies contains only the checks that need no data about hosts. */
    private PolicyResponse checked(PolicyView policy) {
        return PolicyResponse.of(policy, checks.of(policy));
    }

    /** Creates a policy. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PolicyResponse> createPolicy(@RequestBody PolicyRequest request, Principal principal) {
        var policy = policies.create(request.policy(), principal.getName());
        return ResponseEntity.created(URI.create("/api/v1/policies/" + policy.id()))
                .body(checked(policy));
    }

    /** Changes a policy. Saves a new version if the content differs from the current one. */
    @PutMapping("/{id}")
    PolicyResponse updatePolicy(@PathVariable long id, @RequestBody PolicyRequest request, Principal principal) {
        return checked(policies.change(id, request.policy(), request.version(), principal.getName()));
    }

    /** Deletes a policy with its versions and its draft. Plans and runs remain. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deletePolicy(@PathVariable long id) {
        policies.remove(id);
    }
}
