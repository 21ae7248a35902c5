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
 * A response whose body may not have arrived completely.
 *
 * @param headers returns the value of a header by its name, or null
 */
record Answer(int status, Function<String, @Nullable String> headers, InputStream body, EngineLimits limits) {

    /** The maximum size of an error page that is read; more would not help the user. */
    private static final int MAX_ERROR_BYTES = 4_096;

    private static final int MAX_ERROR_SHOWN = 300;

    @Nullable
    String header(String name) {
        return headers.apply(name);
    }

    /** Returns a JSON reader of the body. */
    Json json() {
        return new Json(body, limits);
    }

    /** Returns true if the response comes from an engine, or from a server that imitates one. */
    boolean fromEngine() {
        return header("Api-Version") != null;
    }

    /**
     * Returns the error message of an engine, or an empty text for any other server. Responses of other servers are not shown. They may
     * come from a service that users who add hosts must not access.
     */
    String errorMessage() throws IOException {
        if (!fromEngine()) {
            return "";
        }
        var message = new StringBuilder();
        try (var json = new Json(new ByteArrayInputStream(beginning()), limits)) {
            json.root(name -> {
                if (!name.equals("message")) {
                    throw new BadAnswerException("it is not an error message of an engine");
                }
                message.append(json.text(name));
            });
        } catch (JacksonException | BadAnswerException e) {
            return "";
        }
        return CleanText.line(Secrets.redact(message.toString()), MAX_ERROR_SHOWN);
    }

    /** Returns true if a TLS server reports a plain HTTP request, as Go's server does. */
    boolean asksForTls() throws IOException {
        String text = new String(beginning(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return text.contains("http request") && text.contains("https");
    }

    private byte[] beginning() throws IOException {
        return body.readNBytes(MAX_ERROR_BYTES);
    }
}
