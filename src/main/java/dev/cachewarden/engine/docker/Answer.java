package dev.cachewarden.engine.docker;

import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.text.CleanText;
import dev.cachewarden.text.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * An answer whose body is still coming in.
 *
 * @param headers a header's value by its name, or null
 */
record Answer(int status, Function<String, @Nullable String> headers, InputStream body, EngineLimits limits) {

    /** More of an error page than this helps nobody. */
    private static final int MAX_ERROR_BYTES = 4_096;

    private static final int MAX_ERROR_SHOWN = 300;

    @Nullable
    String header(String name) {
        return headers.apply(name);
    }

    /** The body, to be read as JSON. */
    Json json() {
        return new Json(body, limits);
    }

    /** Whether an engine sent it, or a server that takes care to look like one. */
    boolean fromEngine() {
        return header("Api-Version") != null;
    }

    /**
     * Returns what an engine says of an error; empty where something else answers. What other servers write is theirs: it may come from a
     * service that those who add hosts have no access to.
     */
    String errorMessage() throws IOException {
        if (!fromEngine()) {
            return "";
        }
        var message = new StringBuilder();
        try (var json = new Json(new ByteArrayInputStream(beginning()), limits)) {
            json.root(name -> {
                if (!name.equals("message")) {
                    throw new BadAnswerException("it is not an error of an engine");
                }
                message.append(json.text(name));
            });
        } catch (JacksonException | BadAnswerException e) {
            return "";
        }
        return CleanText.line(Secrets.redact(message.toString()), MAX_ERROR_SHOWN);
    }

    /** Whether a server that speaks TLS says so in plain HTTP, as Go's does. */
    boolean asksForTls() throws IOException {
        String text = new String(beginning(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return text.contains("http request") && text.contains("https");
    }

    private byte[] beginning() throws IOException {
        return body.readNBytes(MAX_ERROR_BYTES);
    }
}
