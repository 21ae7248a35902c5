package dev.cachewarden.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * The page to open after a sign-in: the path of the requested page, and its query if it is short. It is stored in a cookie, so that clients
 * without an account use no memory of the server.
 */
final class NextPage implements RequestCache {

    static final String START = "/";

    private static final int LONGEST = 500;
    private static final Duration KEEP = Duration.ofHours(1);

    /** A path of this service. Browsers treat {@code //other} and {@code /\other} as paths of other services. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]*");

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        var path = path(request);
        if (path != null) {
            var value = Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.UTF_8));
            Cookies.set(request, response, Cookies.NEXT, value, KEEP);
        }
    }

    private static @Nullable String path(HttpServletRequest request) {
        // Only pages count, not requests of scripts or for a part of a page.
        if (!request.getMethod().equals("GET")
                || AccessProblems.fromScript(request)
                || request.getHeader("HX-Request") != null) {
            return null;
        }
        var path = request.getRequestURI();
        var whole = request.getQueryString() == null ? path : path + "?" + request.getQueryString();
        if (isOwn(whole)) {
            return whole;
        }
        return isOwn(path) ? path : null;
    }

    static boolean isOwn(String path) {
        return path.length() <= LONGEST && OWN_PATH.matcher(path).matches();
    }

    /** Returns the page to open, and deletes the cookie. */
    static String take(HttpServletRequest request, HttpServletResponse response) {
        var value = Cookies.value(request, Cookies.NEXT);
        Cookies.delete(request, response, Cookies.NEXT);
        if (value == null) {
            return START;
        }
        try {
            var path = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
            return isOwn(path) ? path : START;
        } catch (IllegalArgumentException e) {
            return START;
        }
    }

    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {}
}
