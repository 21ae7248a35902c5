package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.ProjectName.Known;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.rules.ProjectRules;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.BuildSteps;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.build.store.NewBuild;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.progress.log.NotABuildLogException;
import dev.cachewarden.progress.log.ProgressReader;
import dev.cachewarden.rest.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes in builds whose logs people and CI servers send. */
@Component
public class UploadIntake {

    private final StoredBuilds builds;
    private final ProjectRules rules;
    private final BuildJudge judge;
    private final BuildMetrics metrics;
    private final InstantSource clock;

    UploadIntake(StoredBuilds builds, ProjectRules rules, BuildJudge judge, BuildMetrics metrics, InstantSource clock) {
        this.builds = builds;
        this.rules = rules;
        this.judge = judge;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A build that is stored. */
    public record Taken(BuildId id, boolean isNew) {}

    /**
     * Reads a log and stores the builds in it. A build that was sent before, with the same log and the same time of its start, is not
     * stored again.
     *
     * @return the builds in the order of the log, at least one
     * @throws InvalidInputException about {@code body}, if it is no build's log
     * @throws IOException if it could not be read to its end; then nothing is stored
     */
    public List<Taken> take(UploadedLog told, InputStream log) throws IOException {
        List<BuildProgress> read;
        try {
            read = ProgressReader.read(log, BuildSettings.LIMITS);
        } catch (NotABuildLogException e) {
            throw new InvalidInputException("body", String.valueOf(e.getMessage()));
        }
        var taken = new ArrayList<Taken>();
        for (int i = 0; i < read.size(); i++) {
            taken.add(store(told, read.get(i), i));
        }
        return taken;
    }

    private Taken store(UploadedLog told, BuildProgress progress, int place) {
        byte[] hash = hash(told, progress, place);
        var known = builds.withContent(hash);
        if (known.isPresent()) {
            return new Taken(known.get(), false);
        }
        var build = build(told, progress, hash);
        var id = builds.store(build);
        judge.judge(id);
        metrics.count(build);
        return new Taken(id, true);
    }

    private NewBuild build(UploadedLog told, BuildProgress progress, byte[] hash) {
        var outline = outline(told, progress);
        var steps = BuildSteps.of(progress, rules.of(outline.project().name()));
        var state = state(steps, progress.failure());
        var first = steps.stream()
                .map(BuildStep::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        var last = steps.stream()
                .map(BuildStep::completedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        var duration = told.duration() != null
                ? told.duration()
                : first != null && last != null && !last.isBefore(first) ? Duration.between(first, last) : null;
        var now = clock.instant();
        var started = told.startedAt() != null
                ? told.startedAt()
                : first != null ? first : duration == null ? now : now.minus(duration);
        return new NewBuild(
                BuildSource.UPLOAD,
                told.builder(),
                null,
                hash,
                outline,
                state,
                error(steps, progress.failure()),
                started,
                duration == null ? last : started.plus(duration),
                duration,
                null,
                steps,
                HitRate.ofBuild(steps, state != BuildState.DONE),
                BuildIntake.bytes(steps, StepKind.TRANSFER),
                BuildIntake.bytes(steps, StepKind.FROM),
                progress.gaps(),
                now);
    }

    private static BuildOutline outline(UploadedLog told, BuildProgress progress) {
        var read = new HistoryAttributes(told.dockerfile() == null ? Map.of() : Map.of("filename", told.dockerfile()))
                .outline(progress, Map.of());
        return new BuildOutline(
                told.project() == null ? read.project() : new ProjectName(told.project(), Known.GIVEN),
                told.branch(),
                told.revision(),
                told.label(),
                told.dockerfile(),
                told.target(),
                List.of(),
                told.noCache(),
                Map.of());
    }

    private static BuildState state(List<BuildStep> steps, @Nullable String failure) {
        if (steps.stream().anyMatch(UploadIntake::fails)) {
            return BuildState.FAILED;
        }
        if (steps.stream().anyMatch(step -> step.state() == VertexState.CANCELED)) {
            return BuildState.CANCELED;
        }
        if (failure != null) {
            return failure.contains(BuildIntake.CANCELED) ? BuildState.CANCELED : BuildState.FAILED;
        }
        return steps.stream().anyMatch(step -> step.state() == VertexState.RUNNING) ? BuildState.LOST : BuildState.DONE;
    }

    /** Whether it makes the build fail: one goes on without a cache that it was to import and that is not there. */
    private static boolean fails(BuildStep step) {
        return step.state() == VertexState.FAILED && step.kind() != StepKind.CACHE_IMPORT;
    }

    private static @Nullable String error(List<BuildStep> steps, @Nullable String failure) {
        return steps.stream()
                .filter(UploadIntake::fails)
                .map(BuildStep::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(failure);
    }

    /**
     * Of what was read, so that it does not matter whether it came compressed. Logs of builds that had everything in the cache are often
     * the same to the letter; the time of the start tells them apart where the sender gives it.
     */
    private static byte[] hash(UploadedLog told, BuildProgress progress, int place) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var said = List.of(
                    place,
                    String.valueOf(told.project()),
                    String.valueOf(told.builder()),
                    String.valueOf(told.startedAt()),
                    progress);
            digest.update(said.toString().getBytes(StandardCharsets.UTF_8));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }
}
