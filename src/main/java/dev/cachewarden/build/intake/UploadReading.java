package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.ProjectName.Known;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.build.store.NewBuild;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A factory that creates builds from the content of a log and from the data that its sender specified. */
final class UploadReading {

    private static final Instant FIRST_BUILDKIT = Instant.parse("2017-06-01T00:00:00Z");

    private final UploadedLog log;
    private final Function<String, StepRules> rules;

    /**
     * Creates a reading of a log.
     *
     * @param rules function that returns the step rules of a project
     */
    UploadReading(UploadedLog log, Function<String, StepRules> rules) {
        this.log = log;
        this.rules = rules;
    }

    /** The end of an upload. */
    enum End {
        WHOLE,
        /** The connection was interrupted. */
        BROKEN_OFF
    }

    /**
     * Creates a running build.
     *
     * @param begunAt time when the upload started
     */
    NewBuild running(BuildProgress progress, Instant begunAt) {
        var redacted = Redaction.WITHOUT_ARGUMENTS.progress(progress);
        var asked = outline(redacted);
        var steps = BuildSteps.of(redacted, rules.apply(asked.project().name()));
        var outline = withPlatforms(asked, steps);
        return build(
                redacted,
                outline,
                steps,
                BuildState.RUNNING,
                new Times(started(redacted.span(), steps, begunAt), null, null),
                null,
                null);
    }

    /**
     * Creates a build that has ended.
     *
     * @param place position in the log, from 0
     * @param begunAt time when the upload started, or null if the log was uploaded after the end of the build
     */
    NewBuild ended(BuildProgress progress, int place, End end, @Nullable Instant begunAt, Instant now) {
        var redacted = Redaction.WITHOUT_ARGUMENTS.progress(progress);
        var asked = outline(redacted);
        var steps = BuildSteps.of(redacted, rules.apply(asked.project().name()));
        var outline = withPlatforms(asked, steps);
        var state = state(steps, redacted.failure());
        boolean cut = end == End.BROKEN_OFF || redacted.span().open() || redacted.endsEarly();
        boolean unknown = state == BuildState.DONE && cut;
        return build(
                redacted,
                outline,
                steps,
                unknown ? BuildState.LOST : state,
                times(redacted.span(), steps, begunAt, now),
                ContentHash.of(log, place, redacted),
                now);
    }

    private NewBuild build(
            BuildProgress redacted,
            BuildOutline outline,
            List<BuildStep> steps,
            BuildState state,
            Times times,
            byte @Nullable [] hash,
            @Nullable Instant stepsReadAt) {
        return new NewBuild(
                BuildSource.UPLOAD,
                log.builder(),
                null,
                hash,
                outline,
                state,
                state.ended() ? error(steps, redacted.failure()) : null,
                times.started(),
                times.ended(),
                times.duration(),
                null,
                steps,
                redacted.gaps(),
                stepsReadAt);
    }

    private record Times(
            Instant started,
            @Nullable Instant ended,
            @Nullable Duration duration) {}

    private Times times(BuildProgress.Span span, List<BuildStep> steps, @Nullable Instant begunAt, Instant now) {
        var first = first(steps);
        var last = steps.stream()
                .map(BuildStep::completedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        var duration = log.duration() != null
                ? log.duration()
                : first != null && last != null && !last.isBefore(first)
                        ? Duration.between(first, last)
                        : span.duration();
        var sent = begunAt != null ? begunAt : duration == null ? now : now.minus(duration);
        var started = started(
                span.started() == null || plausible(span.started(), now) ? span : BuildProgress.Span.NONE, steps, sent);
        return new Times(started, duration == null ? last : started.plus(duration), duration);
    }

    private Instant started(BuildProgress.Span span, List<BuildStep> steps, Instant sent) {
        var first = log.startedAt() == null ? first(steps) : log.startedAt();
        return first != null ? first : span.started() != null ? span.started() : sent;
    }

    /**
     * Returns whether a timestamp at the start of a line can be the time of a build. No log is older than BuildKit, and clocks differ by
     * less than a day.
     */
    private static boolean plausible(Instant started, Instant now) {
        return !started.isBefore(FIRST_BUILDKIT) && started.isBefore(now.plus(Duration.ofDays(1)));
    }

    private static @Nullable Instant first(List<BuildStep> steps) {
        return steps.stream()
                .map(BuildStep::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private BuildOutline outline(BuildProgress progress) {
        var read = new HistoryAttributes(log.dockerfile() == null ? Map.of() : Map.of("filename", log.dockerfile()))
                .outline(progress, Map.of());
        return new BuildOutline(
                log.project() == null ? read.project() : new ProjectName(clean(log.project()), Known.GIVEN),
                cleanOrNull(log.branch()),
                cleanOrNull(log.revision()),
                cleanOrNull(log.label()),
                cleanOrNull(log.dockerfile()),
                log.target() == null ? progress.target() : clean(log.target()),
                List.of(),
                log.noCache(),
                Map.of());
    }

    /**
     * Adds the platforms of the steps. A log contains platforms only in the names of steps, and only if they differ from the builder's
     * platform.
     */
    private static BuildOutline withPlatforms(BuildOutline outline, List<BuildStep> steps) {
        return new BuildOutline(
                outline.project(),
                outline.branch(),
                outline.revision(),
                outline.label(),
                outline.dockerfile(),
                outline.target(),
                steps.stream()
                        .map(BuildStep::platform)
                        .filter(Objects::nonNull)
                        .map(UploadReading::builtFor)
                        .distinct()
                        .sorted()
                        .toList(),
                outline.noCache(),
                outline.argumentDigests());
    }

    /** Returns the target platform. A step for {@code linux/amd64->arm64} runs on the first platform and builds for the second. */
    private static String builtFor(String platform) {
        int arrow = platform.indexOf("->");
        String target = arrow < 0 ? platform : platform.substring(arrow + 2);
        return target.indexOf('/') >= 0 ? target : platform.substring(0, platform.indexOf('/') + 1) + target;
    }

    private static String clean(String text) {
        return Redaction.WITHOUT_ARGUMENTS.text(text);
    }

    private static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }

    private static BuildState state(List<BuildStep> steps, @Nullable String failure) {
        if (steps.stream().anyMatch(UploadReading::fails)) {
            return BuildState.FAILED;
        }
        boolean canceled = steps.stream().anyMatch(step -> step.state() == VertexState.CANCELED);
        if (failure != null) {
            return canceled || failure.contains(BuildIntake.CANCELED) ? BuildState.CANCELED : BuildState.FAILED;
        }
        if (hasExportedResult(steps)) {
            return BuildState.DONE;
        }
        boolean running = steps.stream().anyMatch(step -> step.state() == VertexState.RUNNING);
        return canceled ? BuildState.CANCELED : running ? BuildState.LOST : BuildState.DONE;
    }

    /** Returns whether the result was exported. In this case the build needs no further steps. */
    private static boolean hasExportedResult(List<BuildStep> steps) {
        boolean open = steps.stream()
                .anyMatch(step -> (step.kind() == StepKind.EXPORT || step.kind() == StepKind.CACHE_EXPORT)
                        && step.state() != VertexState.DONE);
        return !open && steps.stream().anyMatch(step -> step.kind() == StepKind.EXPORT);
    }

    /** Returns whether a step makes the build fail. After a failed cache import, a build continues without the cache. */
    private static boolean fails(BuildStep step) {
        return step.state() == VertexState.FAILED && step.kind() != StepKind.CACHE_IMPORT;
    }

    /** Returns the error of the first failed step that has one, or else the failure that the client reported. */
    private static @Nullable String error(List<BuildStep> steps, @Nullable String failure) {
        var errors = steps.stream()
                .filter(UploadReading::fails)
                .map(BuildStep::error)
                .filter(Objects::nonNull)
                .toList();
        var known = errors.stream()
                .filter(error -> !error.equals(Vertex.UNKNOWN_ERROR))
                .findFirst();
        return known.orElse(failure == null && !errors.isEmpty() ? Vertex.UNKNOWN_ERROR : failure);
    }
}
