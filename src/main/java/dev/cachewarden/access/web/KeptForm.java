package dev.cachewarden.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/**
 * A form that a user sent after the session had ended. Cachewarden never executes it automatically. After the sign-in a page shows it, and
 * the user sends it again, with the CSRF token of the new session. Its content is stored in that page and not on the server.
 *
 * @param action path and query of the request
 */
record KeptForm(String action, List<Field> fields) {

    /** Parameter of the sign-in form that contains the kept form. */
    static final String PARAMETER = "form";

    /** Request attribute that contains the kept form for the page. */
    static final String ATTRIBUTE = "keptForm";

    private static final int MOST_FIELDS = 500;
    private static final int LONGEST = 64 * 1024;

    /** Fields that must not be shown or sent through a page. */
    private static final Set<String> LEFT_OUT = Set.of("_csrf", "password", "current", "again");

    /** Settings of channels, which can be secrets. */
    private static final String SETTING = "setting-";

    /** @param value can have several lines */
    public record Field(String name, String value) {
        public boolean isLong() {
            return value.length() > 80 || value.contains("\n");
        }
    }

    /** Returns the form of a request. It is empty if the request is no form, if another site may have sent it, or if it is too large. */
    static Optional<KeptForm> of(HttpServletRequest request) {
        var type = request.getContentType();
        if (!request.getMethod().equals("POST")
                || type == null
                || !type.startsWith("application/x-www-form-urlencoded")
                || AccessProblems.fromScript(request)
                || request.getHeader("HX-Request") != null
                || !fromThisSite(request)) {
            return Optional.empty();
        }
        var fields = new ArrayList<Field>();
        request.getParameterMap().forEach((name, values) -> {
            for (var value : values) {
                if (!LEFT_OUT.contains(name) && !name.startsWith(SETTING)) {
                    fields.add(new Field(name, value));
                }
            }
        });
        return Optional.of(new KeptForm(request.getRequestURI(), fields)).filter(KeptForm::isAcceptable);
    }

    /** Returns whether the browser reports this site as the origin. Browsers without Sec-Fetch-Site send the Origin header with forms. */
    private static boolean fromThisSite(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && origin.replaceFirst("^https?://", "").equals(request.getHeader(HttpHeaders.HOST));
    }

    private boolean isAcceptable() {
        return NextPage.isOwn(action)
                && !action.startsWith("/login")
                && !action.startsWith("/logout")
                && fields.size() <= MOST_FIELDS
                && fields.stream()
                                .mapToInt(field ->
                                        field.name().length() + field.value().length())
                                .sum()
                        <= LONGEST;
    }

    /** Returns the form as the model of the template. */
    Map<String, Object> view() {
        return Map.of("action", action, "fields", fields, "text", text());
    }

    /** Returns the form as text for a hidden field. */
    String text() {
        var content = fields.stream()
                .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((action + "\n" + content).getBytes(StandardCharsets.UTF_8));
    }

    /** Parses {@link #text}, or returns empty if the text is not valid. */
    static Optional<KeptForm> read(String text) {
        try {
            var content = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int end = content.indexOf('\n');
            if (end < 0) {
                return Optional.empty();
            }
            var fields = new ArrayList<Field>();
            for (var pair : content.substring(end + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.add(new Field(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1))));
                }
            }
            return Optional.of(new KeptForm(content.substring(0, end), fields)).filter(KeptForm::isAcceptable);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
