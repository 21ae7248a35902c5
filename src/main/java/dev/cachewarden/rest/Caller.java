package dev.cachewarden.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request and its network address. Both are stored with the result of the request.
 *
 * @param name display name of the account or token
 * @param token first characters of the API token, or null if the request used none
 * @param address IP address of the client as the connection reports it, or null if the action did not come over the network
 */
public record Caller(
        String name, @Nullable String token, @Nullable String address) {

    /** Request attribute with the first characters of the API token of the request. */
    public static final String TOKEN = "cachewarden.token";

    /** Request attribute with a {@link BooleanSupplier} that returns whether the sender still has access with the same rights. */
    public static final String STILL_KNOWN = "cachewarden.stillKnown";

    /** Returns a check for use during a long response. It returns false once the caller was removed or signed out. */
    public static BooleanSupplier stillKnown(HttpServletRequest request) {
        return request.getAttribute(STILL_KNOWN) instanceof BooleanSupplier known ? known : () -> true;
    }

    /** Returns the service itself, or a caller with no known properties except the name. */
    public static Caller named(String name) {
        return new Caller(name, null, null);
    }

    /** Returns the caller of an authenticated request. */
    public static Caller of(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        if (principal == null) {
            throw new IllegalStateException("No user is signed in for " + request.getRequestURI());
        }
        return new Caller(principal.getName(), (String) request.getAttribute(TOKEN), request.getRemoteAddr());
    }
}
