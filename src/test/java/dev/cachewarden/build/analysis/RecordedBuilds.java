package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.BuildSteps;
import dev.cachewarden.build.step.StepRules;
import dev.cachewarden.progress.ProgressGroup;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.StatusUpdate;
import dev.cachewarden.progress.VertexUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Builds of one sample project on a real engine, each after one known change; {@code record-changes} beside them recorded them. */
public final class RecordedBuilds {

    private static final JsonMapper JSON = new JsonMapper();

    private RecordedBuilds() {}

    /** Its steps, after values of the argument VERSION were taken out of names as is done before anything is stored. */
    public static List<BuildStep> steps(String name) {
        return BuildSteps.of(recorder(name).progress(), StepRules.standard());
    }

    private static ProgressRecorder recorder(String name) {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        try (var file = RecordedBuilds.class.getResourceAsStream(name + ".rawjson")) {
            String text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            text.lines().forEach(line -> read(JSON.readTree(line), recorder));
            return recorder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(JsonNode line, ProgressRecorder recorder) {
        for (var vertex : line.path("vertexes")) {
            var update = vertex(vertex);
            var group = vertex.path("progressGroup");
            if (group.isMissingNode()) {
                recorder.vertex(update);
            } else {
                recorder.vertex(
                        update,
                        new ProgressGroup(
                                group.path("id").asString(),
                                group.path("name").asString(),
                                group.path("weak").asBoolean(false)));
            }
        }
        for (var status : line.path("statuses")) {
            recorder.status(new StatusUpdate(
                    status.path("vertex").asString(),
                    status.path("id").asString(),
                    status.path("current").asLong(0),
                    status.path("total").asLong(0),
                    time(status, "started"),
                    time(status, "completed")));
        }
    }

    private static VertexUpdate vertex(JsonNode vertex) {
        List<String> inputs = new ArrayList<>();
        vertex.path("inputs").forEach(input -> inputs.add(input.asString()));
        return new VertexUpdate(
                vertex.path("digest").asString(),
                vertex.path("name").asString("").replaceFirst("building [12] ", "building ‹VERSION› "),
                inputs,
                time(vertex, "started"),
                time(vertex, "completed"),
                vertex.path("cached").asBoolean(false),
                vertex.path("error").asString(""));
    }

    private static @Nullable Instant time(JsonNode node, String name) {
        var time = node.path(name);
        return time.isMissingNode() ? null : Instant.parse(time.asString());
    }
}
