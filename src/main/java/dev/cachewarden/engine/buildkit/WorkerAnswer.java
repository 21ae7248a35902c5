package dev.cachewarden.engine.buildkit;

import dev.cachewarden.host.GcPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker, as {@code Control/ListWorkers} tells it.
 *
 * @param id the worker's own, kept in its data folder
 * @param snapshotter such as {@code overlayfs}; null: not reported
 * @param version of BuildKit; null before 0.11
 * @param gcPolicies empty: garbage collection is off, or not told
 */
public record WorkerAnswer(
        String id, @Nullable String snapshotter, @Nullable String version, List<GcPolicy> gcPolicies) {
    public WorkerAnswer {
        gcPolicies = List.copyOf(gcPolicies);
    }
}
