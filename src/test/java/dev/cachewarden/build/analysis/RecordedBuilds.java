package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.log.ProgressReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Builds of one sample project on a real engine, each after one known change; {@code record-changes} beside them recorded them. */
public final class RecordedBuilds {

    private RecordedBuilds() {}

    /** Its steps, after values of the argument VERSION were taken out of names as is done before anything is stored. */
    public static List<BuildStep> steps(String name) {
        return BuildSteps.of(read(name + ".rawjson", "building [12] ", "building ‹VERSION› "), StepRules.standard());
    }

    /**
     * One recorded build.
     *
     * @param resource beside this class, or absolute
     * @param secret what in names is not to be seen
     * @param instead what stands there instead
     */
    public static BuildProgress read(String resource, String secret, String instead) {
        try (var log = Objects.requireNonNull(RecordedBuilds.class.getResourceAsStream(resource), resource)) {
            var reported = ProgressReader.read(log, ProgressLimits.DEFAULT).getFirst();
            var vertices = reported.vertices().stream()
                    .map(vertex -> renamed(vertex, vertex.name().replaceFirst(secret, instead)))
                    .toList();
            return new BuildProgress(vertices, reported.warnings(), reported.gaps());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vertex renamed(Vertex vertex, String name) {
        return new Vertex(
                vertex.id(),
                name,
                vertex.inputs(),
                vertex.state(),
                vertex.runs(),
                vertex.duration(),
                vertex.error(),
                vertex.statuses(),
                vertex.log(),
                vertex.logCut());
    }
}
