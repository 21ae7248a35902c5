package dev.cachewarden.dashboard.build;

import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.steps.StepRecords;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analysis.BuildTimes;
import dev.cachewarden.build.analysis.CriticalPath;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class BuildPageController {

    private static final Duration COMPARED_WITHIN = Duration.ofMinutes(1);

    private final Builds builds;
    private final BuildAnalytics analytics;
    private final StepRecords records;
    private final HostRegistry hosts;
    private final BuildSettings settings;
    private final AuditTrail trail;
    private final InstantSource clock;

    BuildPageController(
            Builds builds,
            BuildAnalytics analytics,
            StepRecords records,
            HostRegistry hosts,
            BuildSettings settings,
            AuditTrail trail,
            InstantSource clock) {
        this.builds = builds;
        this.analytics = analytics;
        this.records = records;
        this.hosts = hosts;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    /** The accumulated time of the steps of one kind. */
    record KindTime(WorkKind kind, Duration time) {}

    /**
     * Returns whether the comparison of this build is still expected. It usually follows shortly after the end, but it can also fail and
     * never appear.
     */
    private boolean comparisonIsPending(BuildView build) {
        var ended = build.endedAt();
        return build.comparison() == null
                && build.comparable()
                && ended != null
                && ended.plus(COMPARED_WITHIN).isAfter(clock.instant());
    }

    @GetMapping("/builds/{id}/delete")
    String confirmDelete(@PathVariable long id, Model model) {
        model.addAttribute("build", find(id));
        return "dashboard/build-delete";
    }

    @PostMapping("/builds/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes after) {
        var build = find(id);
        builds.delete(build.id());
        trail.record("build.delete", build.project() + " #" + build.id(), null);
        after.addFlashAttribute("notice", "Build " + build.id() + " of " + build.project() + " was deleted.");
        return "redirect:/builds";
    }

    private BuildView find(long id) {
        return builds.find(new BuildId(id)).orElseThrow(() -> new NotFoundException("There is no build " + id + "."));
    }

    @GetMapping("/builds/{id}")
    String build(@PathVariable long id, Model model) {
        var build = find(id);
        var steps = builds.steps(build.id());
        var critical = CriticalPath.of(steps);
        var comparison = build.comparison();
        boolean running = build.state() == BuildState.RUNNING;
        model.addAttribute("build", build);
        model.addAttribute("running", running);
        model.addAttribute("unsettled", running || comparisonIsPending(build));
        model.addAttribute("held", records.of(build, steps));
        model.addAttribute("growth", analytics.growthAt(build).orElse(null));
        model.addAttribute(
                "host",
                build.builder() == null
                        ? null
                        : hosts.ofBuilder(build.builder()).orElse(null));
        model.addAttribute(
                "waterfall",
                Waterfall.of(
                        build,
                        steps,
                        critical.links().stream()
                                .map(link -> link.step().number())
                                .collect(Collectors.toSet()),
                        running
                                ? Waterfall.until(build.source(), steps, settings.uploadSilence(), clock.instant())
                                : null));
        model.addAttribute("critical", critical);
        var times = BuildTimes.of(steps);
        model.addAttribute("times", times);
        model.addAttribute(
                "kinds",
                times.byKind().entrySet().stream()
                        .map(one -> new KindTime(one.getKey(), one.getValue().summed()))
                        .sorted(Comparator.comparing(KindTime::time).reversed().thenComparing(KindTime::kind))
                        .toList());
        model.addAttribute(
                "missed",
                comparison == null || comparison.miss() == null
                        ? null
                        : steps.stream()
                                .filter(step ->
                                        step.number() == comparison.miss().step())
                                .findFirst()
                                .orElse(null));
        return "dashboard/build";
    }
}
