package dev.cachewarden.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A saved version of a policy.
 *
 * @param version from 1
 * @param savedBy the user who saved it, or null if it was saved before Cachewarden stored the user
 */
public record PolicyVersionView(
        long policyId,
        int version,
        PolicyView.Content content,
        Instant savedAt,
        @Nullable String savedBy) {}
