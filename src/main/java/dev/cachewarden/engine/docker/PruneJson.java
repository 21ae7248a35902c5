package dev.cachewarden.engine.docker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer to {@code POST /build/prune}. */
final class PruneJson {

    private final List<String> deleted = new ArrayList<>();
    private long reclaimed;

    private PruneJson() {}

    static PruneAnswer read(Json json) throws IOException {
        var answer = new PruneJson();
        try (json) {
            json.root(name -> answer.field(name, json));
        }
        return new PruneAnswer(answer.deleted, answer.reclaimed);
    }

    private void field(String name, Json json) throws IOException {
        switch (name) {
            // The engine sends null if it deleted nothing.
            case "CachesDeleted" ->
                deleted.addAll(json.texts(name, json.limits().maxRecords(), "max-records"));
            case "SpaceReclaimed" -> reclaimed = json.count(name);
            default -> json.skip();
        }
    }
}
