package dev.cachewarden.engine.docker;

import com.ethlo.time.ITU;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.RecordIntake;
import dev.cachewarden.text.CleanText;
import java.io.IOException;
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

    static InfoAnswer read(Json json) throws IOException {
        var info = new InfoJson();
        try (json) {
            json.root(name -> info.field(name, json));
        }
        return info.finished(json.limits());
    }

    private void field(String name, Json json) throws IOException {
        switch (name) {
            case "ID",
                    "DockerRootDir",
                    "Driver",
                    "Name",
                    "KernelVersion",
                    "OperatingSystem",
                    "Architecture",
                    "OSType",
                    "SystemTime" -> texts.put(name, json.text(name));
            // Pairs such as ["driver-type", "io.containerd.snapshotter.v1"].
            case "DriverStatus" ->
                json.array(
                        name,
                        () -> snapshotter |= json.texts(name, json.limits().maxRecords(), "max-records")
                                .contains("io.containerd.snapshotter.v1"));
            default -> json.skip();
        }
    }

    private InfoAnswer finished(EngineLimits limits) throws BadAnswerException {
        String id = texts.get("ID");
        if (id == null || id.isBlank()) {
            // Without an ID, a destructive call could not verify that it reaches the right engine.
            throw new BadAnswerException("ID is missing");
        }
        return new InfoAnswer(
                RecordIntake.id("ID", id, limits),
                text("Name", limits),
                text("KernelVersion", limits),
                text("DockerRootDir", limits),
                text("Driver", limits),
                snapshotter,
                text("OperatingSystem", limits),
                text("Architecture", limits),
                text("OSType", limits),
                time(texts.get("SystemTime")));
    }

    private @Nullable String text(String name, EngineLimits limits) {
        String text = texts.get(name);
        return text == null ? null : CleanText.line(text, limits.maxTextLength());
    }

    /** Returns the time, or null if it is missing or unreadable; it is not essential. */
    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : ITU.parseDateTime(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
