package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.lookup.Lookup;
import dev.cachewarden.build.lookup.StepReport;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.build.web.BuildResponse.Rate;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.rest.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a project over builds. Sums are over builds that ended well.
 *
 * @param text its instruction, as last seen
 * @param lastBuildId the latest build that has it
 * @param runs of how many of its runs it is known how long they took
 * @param p50 half of them took at most this; null: of none it is known
 * @param p95 19 of 20 took at most this; null: of none it is known
 * @param missed what its runs took, in sum
 * @param record what holds now what it made in the latest build of a builder that is watched; null: not known
 * @param lastMiss what it brought along when it last was the first to miss; null: it never was, in this time
 * @param lookups what became of it in each build, the latest first
 */
record StepReportResponse(
        String project,
        String identity,
        StepKind kind,
        @Nullable String platform,
        @Nullable String stage,
        String text,
        StepClass stepClass,
        String classReason,
        long lastBuildId,
        Rate hitRate,
        int runs,
        @Nullable Duration p50,
        @Nullable Duration p95,
        Duration missed,
        @Nullable HeldRecordResponse record,
        @Nullable CascadeResponse lastMiss,
        Page<LookupResponse> lookups) {

    static StepReportResponse of(StepReport report) {
        var step = report.step();
        var figures = report.figures();
        return new StepReportResponse(
                step.project(),
                step.identity(),
                step.kind(),
                step.platform(),
                step.stage(),
                step.text(),
                step.stepClass(),
                step.classReason(),
                step.lastBuild().value(),
                Rate.of(figures.hitRate()),
                figures.runs(),
                figures.p50(),
                figures.p95(),
                figures.missed(),
                HeldRecordResponse.of(report.record()),
                CascadeResponse.of(report.cascade()),
                new Page<>(
                        report.lookups().items().stream()
                                .map(LookupResponse::of)
                                .toList(),
                        report.lookups().next()));
    }

    /**
     * What a miss brought along.
     *
     * @param step its number in that build
     * @param cause why it missed, in words
     * @param steps that ran, depend on it, and on nothing else that missed by itself
     */
    record CascadeResponse(long buildId, int step, String cause, List<FollowerResponse> steps) {
        static @Nullable CascadeResponse of(StepReport.@Nullable Cascade cascade) {
            return cascade == null
                    ? null
                    : new CascadeResponse(
                            cascade.build().value(),
                            cascade.step(),
                            cascade.cause(),
                            cascade.steps().stream().map(FollowerResponse::of).toList());
        }
    }

    /** @param duration null: not known */
    record FollowerResponse(
            int number,
            String identity,
            String name,
            @Nullable Duration duration) {
        static FollowerResponse of(BuildStep step) {
            return new FollowerResponse(step.number(), step.identity(), step.name(), step.duration());
        }
    }

    /**
     * The step in one build.
     *
     * @param startedAt when the build began
     * @param step its number in that build
     * @param state {@code CACHED} is a hit, {@code DONE} and {@code FAILED} are misses
     * @param counted whether hit rates count it
     * @param duration how long it ran; null: it did not, or that is not known
     * @param first whether it was the first that missed in that build
     * @param because number of the step before it that missed; null: none did
     * @param why it missed, in words; null: it did not
     */
    record LookupResponse(
            long buildId,
            BuildState buildState,
            Instant startedAt,
            int step,
            VertexState state,
            boolean counted,
            @Nullable Duration duration,
            boolean first,
            @Nullable Integer because,
            @Nullable String why) {
        static LookupResponse of(Lookup lookup) {
            var why = lookup.why();
            return new LookupResponse(
                    lookup.build().value(),
                    lookup.buildState(),
                    lookup.startedAt(),
                    lookup.step(),
                    lookup.state(),
                    lookup.counted(),
                    lookup.duration(),
                    why instanceof Lookup.Why.First,
                    why instanceof Lookup.Why.After after ? after.step() : null,
                    why == null ? null : why.text());
        }
    }
}
