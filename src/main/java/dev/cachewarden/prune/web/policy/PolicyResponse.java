package dev.cachewarden.prune.web.policy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.prune.PolicyView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy in an answer.
 *
 * @param warnings what is allowed and may not be meant
 * @param configFile path of the configuration file it comes from, where alone it can be changed; null: it was made by hand
 */
record PolicyResponse(
        long id,
        @JsonUnwrapped PolicyContentResponse content,
        @Nullable Instant nextFireAt,
        @Nullable Instant lastFireAt,
        @Nullable String lastFireResult,
        Instant createdAt,
        Instant updatedAt,
        int version,
        List<PolicyView.Warning> warnings,
        @Nullable String configFile) {

    static PolicyResponse of(PolicyView policy, List<PolicyView.Warning> warnings) {
        return new PolicyResponse(
                policy.id(),
                PolicyContentResponse.of(policy.content()),
                policy.nextFireAt(),
                policy.lastFireAt(),
                policy.lastFireResult(),
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
