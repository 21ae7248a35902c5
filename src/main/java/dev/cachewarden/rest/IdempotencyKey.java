package dev.cachewarden.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key} of a request. If a client repeats a request with the same key, it gets the first result. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** Request attribute of a request whose response contains a secret. */
    private static final String SECRET = "cachewarden.secretResponse";

    private static final int LONGEST = 200;
    private static final Pattern VALID = Pattern.compile("[!-~&&[^#]]{1," + LONGEST + "}");

    /** Runs store the keys of their requests, and a build log is recognized by its content. */
    private static final Pattern OWN_WAY = Pattern.compile("/api/v1/(runs|builds|(plans|policies)/[^/]+/run)");

    private IdempotencyKey() {}

    /** Validates a key that the caller chose. Rejects keys with the character that Cachewarden uses in its own derived keys. */
    public static @Nullable String checked(@Nullable String key) {
        if (key != null && !VALID.matcher(key).matches()) {
            throw new InvalidInputException(
                    HEADER, "must be 1 to " + LONGEST + " visible ASCII characters, without spaces or #");
        }
        return key;
    }

    /** Returns whether the response to a request is stored with its key. */
    public static boolean storesResponse(String method, String path) {
        return method.equals("POST")
                && path.startsWith("/api/v1/")
                && !OWN_WAY.matcher(path).matches();
    }

    /** Excludes the response to this request from storage, because it contains a secret. */
    public static void keepSecret(HttpServletRequest request) {
        request.setAttribute(SECRET, true);
    }

    /** Returns whether the response to this request contains a secret. */
    public static boolean isSecret(HttpServletRequest request) {
        return request.getAttribute(SECRET) != null;
    }
}
