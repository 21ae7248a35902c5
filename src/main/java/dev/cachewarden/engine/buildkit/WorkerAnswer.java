package dev.cachewarden.engine.buildkit;

import dev.cachewarden.host.GcPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker, as reported by {@code Control/ListWorkers}.
 *
 * @param id the worker's own ID, stored in its data directory
 * @param snapshotter such as {@code overlayfs}, or null if not reported
 * @param version version of BuildKit, or null before 0.11
 * @param gcPolicies empty if garbage collection is disabled or not reported
 */
public record WorkerAnswer(
        String id, @Nullable String snapshotter, @Nullable String version, List<GcPolicy> gcPolicies) {
    public WorkerAnswer {
        gcPolicies = List.copyOf(gcPolicies);
    }
}
