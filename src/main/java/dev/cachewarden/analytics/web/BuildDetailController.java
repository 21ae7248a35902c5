package dev.cachewarden.analytics.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.steps.HeldRecord;
import dev.cachewarden.analytics.steps.StepRecords;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.web.BuildResponse;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One build, compared with the builds before it, and its steps with the records that hold their results. */
@RestController
@RequestMapping("/api/v1/builds/{id}")
class BuildDetailController {

    private final Builds builds;
    private final BuildAnalytics analytics;
    private final StepRecords records;

    BuildDetailController(Builds builds, BuildAnalytics analytics, StepRecords records) {
        this.builds = builds;
        this.analytics = analytics;
        this.records = records;
    }

    /** Returns a build. */
    @GetMapping
    BuildDetailResponse getBuild(@PathVariable long id) {
        var build = find(id);
        return new BuildDetailResponse(
                BuildResponse.of(build),
                analytics.growthAt(build).map(GrowthResponse::of).orElse(null));
    }

    /** Returns the steps in reading order, each with the record that currently holds its result, if known. */
    @GetMapping("/steps")
    Page<StepResponse> listBuildSteps(@PathVariable long id, Paging paging) {
        var build = find(id);
        var steps = builds.steps(build.id());
        var held = records.of(build, steps);
        return paging.of(
                "steps of build " + id,
                steps.stream()
                        .map(step -> StepResponse.of(step, held.of(step.number())))
                        .toList(),
                step -> Integer.toString(step.number()));
    }

    private BuildView find(long id) {
        return builds.find(new BuildId(id)).orElseThrow(() -> new NotFoundException("There is no build " + id + "."));
    }

    /**
     * A build with data from a comparison with previous builds.
     *
     * @param contextGrowth growth of the build context, or null if this build sent no more than usual or too few builds are known
     */
    record BuildDetailResponse(
            @JsonUnwrapped BuildResponse build, @Nullable GrowthResponse contextGrowth) {}

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
    @Schema(name = "Step")
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
}
