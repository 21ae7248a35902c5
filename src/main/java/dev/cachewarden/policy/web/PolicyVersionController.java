package dev.cachewarden.policy.web;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the saved versions of policies. */
@RestController
@RequestMapping("/api/v1/policies/{id}/versions")
class PolicyVersionController {

    private final PolicyVersions versions;

    PolicyVersionController(PolicyVersions versions) {
        this.versions = versions;
    }

    /** Returns all versions, newest first. */
    @GetMapping
    Page<VersionResponse> listPolicyVersions(@PathVariable long id, Paging paging) {
        return paging.of(
                "versions of policy " + id,
                versions.of(id),
                VersionResponse::of,
                version -> Integer.toString(version.version()));
    }

    /** Returns one version of a policy. */
    @GetMapping("/{version}")
    VersionResponse getPolicyVersion(@PathVariable long id, @PathVariable int version) {
        return versions.find(id, version)
                .map(VersionResponse::of)
                .orElseThrow(() -> new NotFoundException("Policy " + id + " has no version " + version + "."));
    }

    /** Saves the content of a version as a new version. */
    @PostMapping("/{version}/restore")
    PolicyResponse restorePolicyVersion(@PathVariable long id, @PathVariable int version, Principal principal) {
        return PolicyResponse.of(versions.restore(id, version, principal.getName()));
    }

    /**
     * A saved version of a policy in a response.
     *
     * @param savedBy the user who saved it, or null if it was saved before Cachewarden stored the user
     * @param policy its content, which a client can send back as a change
     */
    @Schema(name = "Version")
    record VersionResponse(
            int version, Instant savedAt, @Nullable String savedBy, PolicyDocument policy) {

        static VersionResponse of(PolicyVersionView version) {
            return new VersionResponse(
                    version.version(), version.savedAt(), version.savedBy(), PolicyDocument.of(version.content()));
        }
    }
}
