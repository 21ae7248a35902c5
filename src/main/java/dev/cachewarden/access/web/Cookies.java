package dev.cachewarden.access.web;

import dev.cachewarden.rest.OwnAddress;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** The cookies of this service. They are hidden from scripts (HttpOnly) and limited to this site (SameSite). */
final class Cookies {

    // Cookies do not distinguish ports, so the names must differ from those of other services on the same machine.
    static final String SESSION = "CACHEWARDEN_SESSION";
    static final String FORM = "CACHEWARDEN_FORM";
    static final String NEXT = "CACHEWARDEN_NEXT";
    static final String DEVICE = "CACHEWARDEN_DEVICE";

    /** Until the browser is closed. */
    static final Duration WHILE_OPEN = Duration.ofSeconds(-1);

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{1,1000}");

    private Cookies() {}

    /** Returns the value of a cookie, or null if it is missing or does not have the format of this service. */
    static @Nullable String value(HttpServletRequest request, String name) {
        var cookies = request.getCookies();
        return cookies == null
                ? null
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .filter(value -> VALUE.matcher(value).matches())
                        .findFirst()
                        .orElse(null);
    }

    static void set(
            HttpServletRequest request, HttpServletResponse response, String name, String value, Duration life) {
        var cookie = ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure(OwnAddress.isSecure(request))
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** Deletes a cookie if the request has it. */
    static void delete(HttpServletRequest request, HttpServletResponse response, String name) {
        if (value(request, name) != null) {
            set(request, response, name, "", Duration.ZERO);
        }
    }
}
