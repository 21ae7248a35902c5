package dev.cachewarden.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests whose query, form, or content type cannot be parsed, and names the invalid part. This filter runs before all others. Any
 * other filter that reads a parameter would fail instead, without an account, and with a stack trace in the log.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class MalformedRequests extends OncePerRequestFilter {

    /**
     * The path of log uploads. By default curl declares the body of an upload as {@link #FORM}. The upload rejects it without reading it.
     */
    private static final String UPLOAD = "/api/v1/builds";

    private static final String FORM = "application/x-www-form-urlencoded";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var problem = QueryText.problem(request.getQueryString())
                .or(() -> contentType(request))
                .or(() -> parameters(request));
        if (problem.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        // The rest of a body is not read: it may be endless.
        request.setAttribute(Problem.ATTRIBUTE, problem.get());
        response.setStatus(problem.get().status());
        var page = new WithoutParameters(request);
        page.getRequestDispatcher(Problem.PAGE).forward(page, response);
    }

    private static Optional<Problem> contentType(HttpServletRequest request) {
        var written = request.getContentType();
        if (written == null || written.isBlank()) {
            return Optional.empty();
        }
        try {
            var type = MediaType.parseMediaType(written);
            // Throws if the character set does not exist.
            type.getCharset();
            if (type.isWildcardType() || type.isWildcardSubtype()) {
                return unsupported("contains no specific type; use one such as application/json");
            }
            return type.getType().equals("multipart")
                    ? unsupported("is multipart, which is not supported; send the content itself as the body")
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return unsupported("is not a valid media type or contains an unknown character set");
        }
    }

    private static Optional<Problem> unsupported(String reason) {
        return Optional.of(Problem.of(
                415, "unsupported-media-type", "Unsupported media type", "The header Content-Type " + reason + "."));
    }

    /**
     * Checks the parameters of a form. The query was checked before. The body of a log upload is not read here, even if curl declares it as
     * a form.
     */
    private static Optional<Problem> parameters(HttpServletRequest request) {
        try {
            return isForm(request) ? QueryText.problem(request.getParameterMap()) : Optional.empty();
        } catch (InvalidParameterException e) {
            return Optional.of(unreadable(e.getErrorCode()));
        } catch (IllegalStateException e) {
            return Optional.of(unreadable(HttpServletResponse.SC_BAD_REQUEST));
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null
                && type.regionMatches(true, 0, FORM, 0, FORM.length())
                && !request.getRequestURI().equals(UPLOAD);
    }

    private static Problem unreadable(int status) {
        return status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
                ? Problem.of(413, "too-large", "Too large", "The form in the body is larger than the limit.")
                : Problem.invalid(
                        "body",
                        "is not a valid form: it has too many fields, or a % without two hexadecimal digits after it");
    }

    /** The same request without its parameters, for the error page. The page must not read the invalid parameters. */
    private static final class WithoutParameters extends HttpServletRequestWrapper {

        WithoutParameters(HttpServletRequest request) {
            super(request);
        }

        /** Returns GET, because the page only shows the problem. Another method would need a CSRF token. */
        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return null;
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }
    }
}
