package dev.cachewarden.progress;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Determines the failures of targets that were built at once. One failure ends the call: BuildKit cancels the running steps of other
 * targets. A failed step that several targets share appears under the name of only one of them. The other targets show no failure.
 */
final class TargetFailures {

    private final @Nullable String failure;

    /** The target that the client names. */
    private final @Nullable String named;

    /** The number of failed steps of all targets. */
    private final long failingOfAll;

    private final @Nullable String error;

    TargetFailures(BuildProgress all) {
        failure = all.failure();
        named = TargetName.ofFailure(failure);
        var failed = all.vertices().stream().filter(TargetFailures::fails).toList();
        failingOfAll = failed.size();
        error = failed.stream()
                .map(Vertex::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns the failure of a target, or null if it did not fail or its own steps show its end.
     *
     * @param own its steps, under its own names
     */
    @Nullable
    String of(String target, List<Vertex> own) {
        long failing = own.stream().filter(TargetFailures::fails).count();
        boolean failed = failing > 0;
        if (target.equals(named) || (failed && named == null && failing == failingOfAll)) {
            return failure;
        }
        boolean anyStep = failingOfAll > 0;
        boolean exported = own.stream().anyMatch(TargetFailures::isExport);
        if (exported || (failure == null && !anyStep)) {
            return null;
        }
        boolean ofAny = !anyStep && named == null;
        boolean decided = failed || has(own, VertexState.CANCELED) || has(own, VertexState.RUNNING);
        return decided && !ofAny ? null : failure == null ? error : failure;
    }

    /** Returns true if a vertex makes the build fail. A build continues if a cache import fails. */
    static boolean fails(Vertex vertex) {
        return vertex.state() == VertexState.FAILED && !vertex.name().contains("importing cache manifest");
    }

    private static boolean has(List<Vertex> own, VertexState state) {
        return own.stream().anyMatch(vertex -> vertex.state() == state);
    }

    private static boolean isExport(Vertex vertex) {
        return LogEnd.isOfResult(vertex.name()) && vertex.state() == VertexState.DONE;
    }
}
