package dev.cachewarden.progress;

import dev.cachewarden.progress.StagePlace.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Determines which targets of a build reached their end. In a log that was cut off, some targets may have ended and others not. */
final class TargetEnds {

    private final List<String> gaps;

    /** True if steps of any target still run at the end of the log. */
    private final boolean running;

    /** True if the log may have been cut off, and no step failed. */
    private final boolean mayBeCut;

    private final boolean anyExported;

    /** True if steps were canceled, and the log does not show why. All targets without a result were then canceled. */
    private final boolean canceled;

    /** Stages whose last instruction appears, under any target. */
    private final Set<Stage> ended = new HashSet<>();

    /**
     * Prepares the search.
     *
     * @param names names of the vertices without their targets
     * @param last true if a log without a graph ends with these targets
     */
    TargetEnds(BuildProgress all, List<String> names, boolean last) {
        gaps = all.gaps().stream().filter(gap -> !BuildProgress.isOfEnd(gap)).toList();
        running = gaps.size() < all.gaps().size();
        boolean failed = all.failure() != null || all.vertices().stream().anyMatch(TargetFailures::fails);
        mayBeCut = (running || last) && !failed;
        canceled = !failed && all.vertices().stream().anyMatch(TargetEnds::isCanceled);
        anyExported = names.stream().anyMatch(LogEnd::isOfResult);
        names.stream()
                .map(StagePlace::of)
                .filter(Objects::nonNull)
                .filter(place -> place.place() == place.last())
                .forEach(place -> ended.add(place.key()));
    }

    /** Returns the gaps of a target. */
    List<String> gaps(List<Vertex> own) {
        List<String> all = new ArrayList<>(gaps);
        long open = own.stream()
                .filter(vertex -> vertex.state() == VertexState.RUNNING)
                .count();
        boolean exported =
                own.stream().anyMatch(vertex -> LogEnd.isOfResult(vertex.name()) && vertex.state() == VertexState.DONE);
        if (running && open > 0) {
            all.add(BuildProgress.stillRunning(open));
        } else if (mayBeCut && !exported && own.stream().anyMatch(this::isOfOpenStage)) {
            all.add(BuildProgress.STOPS_EARLY);
        } else if (!exported
                && ((mayBeCut && running && anyExported)
                        || (canceled && own.stream().noneMatch(TargetEnds::isCanceled)))) {
            all.add(BuildProgress.NOT_EXPORTED);
        }
        return all;
    }

    private static boolean isCanceled(Vertex vertex) {
        return vertex.state() == VertexState.CANCELED;
    }

    private boolean isOfOpenStage(Vertex vertex) {
        var place = StagePlace.of(vertex.name());
        return place != null && !ended.contains(place.key());
    }
}
