package dev.cachewarden.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something, and from where; kept with what came of it.
 *
 * @param name of the account or token, as it is shown
 * @param token first characters of the API token; null: none was used
 * @param address of the machine that asked, as the connection told it; null: nobody asked over the network
 */
public record Caller(
        String name, @Nullable String token, @Nullable String address) {

    /** Request attribute with the first characters of the API token that a request came with. */
    public static final String TOKEN = "cachewarden.token";

    /** Request attribute with a {@link BooleanSupplier}: whether who sent the request is still let in with the same rights. */
    public static final String STILL_KNOWN = "cachewarden.stillKnown";

    /** Returns how to find out, during a long answer, whether who asked for it may still have it: not after a removal or a sign-out. */
    public static BooleanSupplier stillKnown(HttpServletRequest request) {
        return request.getAttribute(STILL_KNOWN) instanceof BooleanSupplier known ? known : () -> true;
    }

    /** The service itself, or somebody of whom nothing else is known. */
    public static Caller named(String name) {
        return new Caller(name, null, null);
    }

    /** Of a request that is let through by who sent it. */
    public static Caller of(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        if (principal == null) {
            throw new IllegalStateException("Nobody is signed in at " + request.getRequestURI());
        }
        return new Caller(principal.getName(), (String) request.getAttribute(TOKEN), request.getRemoteAddr());
    }
}
