package dev.cachewarden.engine.buildkit;

import dev.cachewarden.host.GcPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker, as {@code Control/ListWorkers} tells it.
 *
 * @param id the worker's own, kept in its data folder
 * @param labels such as {@code org.mobyproject.buildkit.worker.snapshotter}
 * @param version of BuildKit; null before 0.11
 * @param gcPolicies empty: garbage collection is off, or not told
 */
public record WorkerAnswer(
        String id, Map<String, String> labels, @Nullable String version, List<GcPolicy> gcPolicies) {
    public WorkerAnswer {
        labels = Map.copyOf(labels);
        gcPolicies = List.copyOf(gcPolicies);
    }
}
