package dev.cachewarden.policy.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy in a response.
 *
 * @param warnings settings that are valid but may be unintended
 * @param configFile the path of the configuration file that defines the policy, or null if a user created it; the policy can be changed
 *     only there
 */
record PolicyResponse(
        long id,
        @JsonUnwrapped PolicyDocument content,
        @Nullable Instant nextStartAt,
        @Nullable Instant lastStartAt,
        @Nullable String lastStartResult,
        Instant createdAt,
        Instant updatedAt,
        int version,
        List<PolicyView.Warning> warnings,
        @Nullable String configFile) {

    static PolicyResponse of(PolicyView policy, List<PolicyView.Warning> warnings) {
        return new PolicyResponse(
                policy.id(),
                PolicyDocument.of(policy.content()),
                policy.nextStartAt(),
                policy.lastStartAt(),
                policy.lastStartResult(),
                policy.createdAt(),
                policy.updatedAt(),
                policy.version(),
                warnings,
                policy.configFile());
    }

    static PolicyResponse of(PolicyView policy) {
        return of(policy, policy.warnings());
    }
}
