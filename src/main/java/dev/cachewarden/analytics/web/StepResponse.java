package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.steps.HeldRecord;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step.
 *
 * @param identity identity, which is the same for the same step across builds
 * @param inputs numbers of the steps that this step depends on
 * @param log end of the output
 * @param record record that currently holds the result in the cache of the builder; null means that it is unknown, and never that there
 *     is no such record
 * @param logCut whether the beginning of the output is missing
 */
record StepResponse(
        int number,
        String name,
        StepKind kind,
        @Nullable String platform,
        @Nullable String stage,
        String identity,
        StepClass stepClass,
        String classReason,
        VertexState state,
        boolean cacheable,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Duration duration,
        List<Integer> inputs,
        long transferredBytes,
        @Nullable String error,
        String log,
        boolean logCut,
        @Nullable HeldRecordResponse record) {

    /**
     * Creates the response.
     *
     * @param record record with the result of the step, or null if unknown
     */
    static StepResponse of(BuildStep step, @Nullable HeldRecord record) {
        return new StepResponse(
                step.number(),
                step.name(),
                step.kind(),
                step.platform(),
                step.stage(),
                step.identity(),
                step.stepClass(),
                step.classReason(),
                step.state(),
                step.cacheable(),
                step.startedAt(),
                step.completedAt(),
                step.duration(),
                step.inputs(),
                step.transferredBytes(),
                step.error(),
                step.log(),
                step.logCut(),
                HeldRecordResponse.of(record));
    }
}
