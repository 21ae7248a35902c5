package dev.cachewarden.prune.version;

import dev.cachewarden.prune.PolicyView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it was saved once.
 *
 * @param version from 1
 * @param savedBy null: it was saved before that was kept
 */
public record PolicyVersionView(
        long policyId,
        int version,
        PolicyView.Content content,
        Instant savedAt,
        @Nullable String savedBy) {}
