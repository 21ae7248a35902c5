package dev.cachewarden.engine.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * An answer whose body is still coming in.
 *
 * @param headers a header's value by its name, or null
 */
record Answer(int status, Function<String, @Nullable String> headers, InputStream body) {

    /** More of an error page than this helps nobody. */
    private static final int MAX_ERROR_BYTES = 4_096;

    private static final int MAX_ERROR_SHOWN = 300;

    @Nullable
    String header(String name) {
        return headers.apply(name);
    }

    /** The engine's {@code message}, else the beginning of the body. */
    String errorMessage() throws IOException {
        byte[] beginning = body.readNBytes(MAX_ERROR_BYTES);
        var message = new StringBuilder();
        try (var json = new Json(new ByteArrayInputStream(beginning))) {
            json.root(name -> {
                if (name.equals("message")) {
                    message.append(json.text(name));
                } else {
                    json.skip();
                }
            });
        } catch (JacksonException | BadAnswerException e) {
            message.setLength(0);
            message.append(new String(beginning, StandardCharsets.UTF_8));
        }
        String shown = message.toString().replaceAll("\\s+", " ").strip();
        return shown.length() <= MAX_ERROR_SHOWN ? shown : shown.substring(0, MAX_ERROR_SHOWN) + "…";
    }
}
