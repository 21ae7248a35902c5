package dev.cachewarden.engine.docker;

import dev.cachewarden.text.CleanText;
import java.io.IOException;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code /version}. */
final class VersionJson {

    private static final int LONGEST = 64;

    private VersionJson() {}

    static VersionAnswer read(Json json) throws IOException {
        var reported = new HashMap<String, @Nullable String>();
        try (json) {
            json.root(name -> {
                switch (name) {
                    case "Version", "ApiVersion", "MinAPIVersion" -> reported.put(name, json.text(name));
                    default -> json.skip();
                }
            });
        }
        String engine = reported.get("Version");
        if (engine == null || engine.isBlank()) {
            throw new BadAnswerException("Version is missing");
        }
        return new VersionAnswer(
                CleanText.line(engine, LONGEST),
                version("ApiVersion", reported.get("ApiVersion")),
                version("MinAPIVersion", reported.getOrDefault("MinAPIVersion", "1.12")));
    }

    static ApiVersion version(String what, @Nullable String text) throws BadAnswerException {
        if (text == null) {
            throw new BadAnswerException(what + " is missing");
        }
        try {
            return ApiVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadAnswerException(what + " is not a version: " + text);
        }
    }
}
