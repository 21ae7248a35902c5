package dev.cachewarden.policy.web;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.store.PolicyExport;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the export of policies. */
@RestController
class ExportController {

    private final Policies policies;

    ExportController(Policies policies) {
        this.policies = policies;
    }

    /**
     * Exports a policy.
     *
     * @param format {@code daemon.json}, {@code buildkitd.toml} or {@code yaml}
     */
    @GetMapping("/api/v1/policies/{id}/export")
    PolicyExport exportPolicy(@PathVariable long id, @RequestParam String format) {
        var policy = policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
        try {
            return PolicyExport.of(policy.content(), PolicyExport.Format.of(format));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("format", String.valueOf(e.getMessage()));
        }
    }
}
