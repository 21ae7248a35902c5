package dev.cachewarden.engine.docker;

import com.ethlo.time.ITU;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code /info}. */
final class InfoJson {

    private final Map<String, @Nullable String> texts = new HashMap<>();
    private boolean snapshotter;

    private InfoJson() {}

    static InfoAnswer read(InputStream body) throws IOException {
        var info = new InfoJson();
        try (var json = new Json(body)) {
            json.root(name -> info.field(name, json));
        }
        return info.finished();
    }

    private void field(String name, Json json) throws IOException {
        switch (name) {
            case "ID", "DockerRootDir", "Driver", "OperatingSystem", "Architecture", "OSType", "SystemTime" ->
                texts.put(name, json.text(name));
            // Pairs such as ["driver-type", "io.containerd.snapshotter.v1"].
            case "DriverStatus" ->
                json.array(name, () -> snapshotter |= json.texts(name).contains("io.containerd.snapshotter.v1"));
            default -> json.skip();
        }
    }

    private InfoAnswer finished() throws BadAnswerException {
        String id = texts.get("ID");
        if (id == null || id.isBlank()) {
            // Without it no destructive call could check whom it talks to.
            throw new BadAnswerException("ID is missing");
        }
        return new InfoAnswer(
                id,
                texts.get("DockerRootDir"),
                texts.get("Driver"),
                snapshotter,
                texts.get("OperatingSystem"),
                texts.get("Architecture"),
                texts.get("OSType"),
                time(texts.get("SystemTime")));
    }

    /** A time that cannot be read is one that was not told: nothing hangs on it. */
    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : ITU.parseDateTime(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
