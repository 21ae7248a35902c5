package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A build.
 *
 * @param arguments names of the build arguments; Cachewarden never stores their values
 * @param counted counts of BuildKit, as {@code docker buildx history inspect} shows them, or null for uploads
 * @param partial whether data of the build is incomplete; {@code gaps} contains the reasons
 */
public record BuildResponse(
        long id,
        BuildSource source,
        @Nullable Long builderId,
        @Nullable String ref,
        String project,
        ProjectName.Known projectKnownBy,
        @Nullable String branch,
        @Nullable String revision,
        @Nullable String label,
        @Nullable String dockerfile,
        @Nullable String target,
        List<String> platforms,
        boolean noCache,
        Set<String> arguments,
        BuildState state,
        @Nullable String error,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Duration duration,
        @Nullable Counted counted,
        int steps,
        Rate hitRate,
        long transferredBytes,
        long pulledBytes,
        boolean partial,
        List<String> gaps,
        @Nullable ComparisonResponse comparison) {

    /**
     * The step counts of BuildKit.
     *
     * @param completed number of completed steps
     * @param cached number of steps from the cache
     */
    record Counted(int steps, int completed, int cached) {}

    /**
     * A hit rate.
     *
     * @param share ratio of hits to lookups, from 0 to 1, or null if there were no lookups
     */
    public record Rate(int hits, int lookups, @Nullable Double share) {
        public static Rate of(HitRate rate) {
            return new Rate(
                    rate.hits(), rate.lookups(), rate.lookups() == 0 ? null : (double) rate.hits() / rate.lookups());
        }
    }

    /**
     * The result of the comparison with an earlier build.
     *
     * @param comparedWith ID of the earlier build, or null if there is none
     * @param saved estimated time saved by the cache, or null if it is unknown
     */
    record ComparisonResponse(
            Scenario scenario,
            String reason,
            @Nullable Long comparedWith,
            @Nullable MissResponse firstMiss,
            @Nullable Duration saved) {
        public static ComparisonResponse of(BuildComparison comparison) {
            var miss = comparison.miss();
            return new ComparisonResponse(
                    comparison.scenario(),
                    comparison.reason(),
                    comparison.comparedWith() == null
                            ? null
                            : comparison.comparedWith().value(),
                    miss == null
                            ? null
                            : new MissResponse(
                                    miss.step(),
                                    miss.cause(),
                                    miss.text(),
                                    miss.cascadeSteps(),
                                    miss.cost(),
                                    miss.run()),
                    comparison.saved());
        }
    }

    /**
     * The first step that missed, with its consequences.
     *
     * @param runId ID of the prune run that deleted the record of the step; null if no run did, or if the miss has another cause
     * @param step number of the step
     * @param cascadeSteps number of steps that missed because of it
     */
    record MissResponse(
            int step,
            MissCause.Kind cause,
            String text,
            int cascadeSteps,
            Duration cost,
            @Nullable Long runId) {}

    public static BuildResponse of(BuildView build) {
        var outline = build.outline();
        var counted = build.counted();
        var comparison = build.comparison();
        return new BuildResponse(
                build.id().value(),
                build.source(),
                build.builder() == null ? null : build.builder().value(),
                build.ref(),
                outline.project().name(),
                outline.project().known(),
                outline.branch(),
                outline.revision(),
                outline.label(),
                outline.dockerfile(),
                outline.target(),
                outline.platforms(),
                outline.noCache(),
                new TreeSet<>(outline.argumentDigests().keySet()),
                build.state(),
                build.error(),
                build.startedAt(),
                build.endedAt(),
                build.duration(),
                counted == null ? null : new Counted(counted.steps(), counted.completed(), counted.cached()),
                build.steps(),
                Rate.of(build.hitRate()),
                build.transferredBytes(),
                build.pulledBytes(),
                !build.gaps().isEmpty(),
                build.gaps(),
                comparison == null ? null : ComparisonResponse.of(comparison));
    }
}
