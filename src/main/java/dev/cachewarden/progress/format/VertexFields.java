package dev.cachewarden.progress.format;

import static dev.cachewarden.progress.format.Fields.text;

import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.VertexUpdate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** One element of {@code vertexes}. */
final class VertexFields {

    String id = "";
    String name = "";

    @Nullable
    Instant started;

    private List<String> inputs = List.of();
    private @Nullable Instant completed;
    private boolean cached;
    private @Nullable String error;
    private String groupId = "";
    private String groupName = "";
    private boolean weak;

    VertexFields(JsonParser json) {
        Fields.object(json, this::read);
    }

    private void read(JsonParser json, String member) {
        switch (member) {
            case "digest" -> id = text(json);
            case "name" -> name = text(json);
            case "inputs" -> inputs = Fields.texts(json);
            case "started" -> started = Fields.time(json);
            case "completed" -> completed = Fields.time(json);
            case "cached" -> cached = Fields.flag(json);
            case "error" -> error = text(json);
            case "progressGroup" -> Fields.object(json, this::readGroup);
            default -> json.skipChildren();
        }
    }

    private void readGroup(JsonParser json, String member) {
        switch (member) {
            case "id" -> groupId = text(json);
            case "name" -> groupName = text(json);
            case "weak" -> weak = Fields.flag(json);
            default -> json.skipChildren();
        }
    }

    void recordTo(ProgressRecorder recorder) {
        var update = new VertexUpdate(id, name, inputs, started, completed, cached, error);
        if (groupId.isEmpty()) {
            recorder.vertex(update);
        } else {
            recorder.vertex(update, new VertexUpdate.Group(groupId, groupName, weak));
        }
    }
}
