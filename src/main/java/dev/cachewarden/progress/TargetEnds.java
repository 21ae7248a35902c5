package dev.cachewarden.progress;

import dev.cachewarden.progress.StagePlace.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Whether each of the targets that were built at once came to its end: where a log was cut off, some had and others had not. */
final class TargetEnds {

    private final List<String> gaps;

    /** Whether steps of any target still run where the log ends. */
    private final boolean running;

    /** Whether the log may have been cut off, and nothing failed. */
    private final boolean mayBeCut;

    private final boolean anyExported;

    /** Stages whose last instruction shows, under whatever target. */
    private final Set<Stage> ended = new HashSet<>();

    /**
     * Prepares the search.
     *
     * @param names without targets, by vertex
     * @param last whether the log, one without a graph, ends with these targets
     */
    TargetEnds(BuildProgress all, List<String> names, boolean last) {
        gaps = all.gaps().stream().filter(gap -> !BuildProgress.isOfEnd(gap)).toList();
        running = gaps.size() < all.gaps().size();
        mayBeCut = (running || last)
                && all.failure() == null
                && all.vertices().stream().noneMatch(TargetFailures::fails);
        anyExported = names.stream().anyMatch(Exports::isOfResult);
        names.stream()
                .map(StagePlace::of)
                .filter(Objects::nonNull)
                .filter(place -> place.place() == place.last())
                .forEach(place -> ended.add(place.key()));
    }

    /** Returns why a target is not all there. */
    List<String> gaps(List<Vertex> own) {
        List<String> all = new ArrayList<>(gaps);
        long open = own.stream()
                .filter(vertex -> vertex.state() == VertexState.RUNNING)
                .count();
        boolean exported = own.stream()
                .anyMatch(vertex -> Exports.isOfResult(vertex.name()) && vertex.state() == VertexState.DONE);
        if (running && open > 0) {
            all.add(BuildProgress.stillRunning(open));
        } else if (mayBeCut && !exported && own.stream().anyMatch(this::isOfOpenStage)) {
            all.add(BuildProgress.STOPS_EARLY);
        } else if (mayBeCut && !exported && running && anyExported) {
            all.add(BuildProgress.NOT_EXPORTED);
        }
        return all;
    }

    private boolean isOfOpenStage(Vertex vertex) {
        var place = StagePlace.of(vertex.name());
        return place != null && !ended.contains(place.key());
    }
}
