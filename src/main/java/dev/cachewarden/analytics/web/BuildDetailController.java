package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.steps.StepRecords;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.web.BuildResponse;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
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
}
