package dev.cachewarden.progress;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why targets failed that were built at once. One failure ends the call: BuildKit cancels what other targets still run. A target that lost a
 * step to the failure of another one shows no failure itself, as the step is printed under the other one's name.
 */
final class TargetFailures {

    private final @Nullable String failure;

    /** The target that the client names. */
    private final @Nullable String named;

    /** Whether any step failed, and the error of the first one. */
    private final boolean anyStep;

    private final @Nullable String error;

    TargetFailures(BuildProgress all) {
        failure = all.failure();
        named = TargetName.ofFailure(failure);
        var failed = all.vertices().stream().filter(TargetFailures::fails).toList();
        anyStep = !failed.isEmpty();
        error = failed.stream()
                .map(Vertex::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns why a target failed, or null if it did not, or if its own steps show how it ended.
     *
     * @param own its steps, under its own names
     */
    @Nullable
    String of(String target, List<Vertex> own) {
        boolean failed = own.stream().anyMatch(TargetFailures::fails);
        if (target.equals(named) || (failed && named == null)) {
            return failure;
        }
        boolean exported = own.stream().anyMatch(TargetFailures::isExport);
        if (exported || (failure == null && !anyStep)) {
            return null;
        }
        boolean ofAny = !anyStep && named == null;
        boolean decided = failed || has(own, VertexState.CANCELED) || has(own, VertexState.RUNNING);
        return decided && !ofAny ? null : failure == null ? error : failure;
    }

    /** A build goes on without a cache that it cannot import. */
    static boolean fails(Vertex vertex) {
        return vertex.state() == VertexState.FAILED && !vertex.name().contains("importing cache manifest");
    }

    private static boolean has(List<Vertex> own, VertexState state) {
        return own.stream().anyMatch(vertex -> vertex.state() == state);
    }

    private static boolean isExport(Vertex vertex) {
        return Exports.isOfResult(vertex.name()) && vertex.state() == VertexState.DONE;
    }
}
