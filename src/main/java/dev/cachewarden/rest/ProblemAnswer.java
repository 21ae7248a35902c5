package dev.cachewarden.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/** Renders a problem in the format that the caller accepts: JSON for scripts, an HTML page for browsers. */
final class ProblemAnswer {

    private static final List<String> FOR_SCRIPTS = List.of("/api/", "/actuator/", "/v3/");

    private ProblemAnswer() {}

    /** Returns a {@link ResponseEntity} or a {@link ModelAndView}. */
    static Object to(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        // The mapping set this for the response that is now discarded. A CSV list would try to write the problem as
        // CSV.
        request.removeAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
        return wantsPage(request) ? page(response, problem) : json(request, problem);
    }

    private static ResponseEntity<ProblemDetail> json(HttpServletRequest request, Problem problem) {
        var body = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(problem.status()), problem.detail());
        body.setType(URI.create(problem.type()));
        body.setTitle(problem.title());
        body.setInstance(instance(path(request)));
        if (!problem.errors().isEmpty()) {
            body.setProperty("errors", problem.errors());
        }
        if (problem.id() != null) {
            body.setProperty("id", problem.id());
        }
        var headers = new HttpHeaders();
        headers.setAll(problem.headers());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return ResponseEntity.status(problem.status()).headers(headers).body(body);
    }

    /** Returns the path as a URI, or null if it is not a valid URI. */
    private static @Nullable URI instance(String path) {
        try {
            return new URI(path);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static ModelAndView page(HttpServletResponse response, Problem problem) {
        problem.headers().forEach(response::setHeader);
        return new ModelAndView("error/problem", Map.of("problem", problem), HttpStatusCode.valueOf(problem.status()));
    }

    private static boolean wantsPage(HttpServletRequest request) {
        var path = path(request);
        // Browsers send a cookie. A client that sends a token is a script.
        if (FOR_SCRIPTS.stream().anyMatch(path::startsWith) || request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return false;
        }
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.contains(MimeTypeUtils.TEXT_HTML_VALUE) || !accept.contains("json");
    }

    /** Returns the path that the caller requested, even if this request is a forward to the error page. */
    static String path(HttpServletRequest request) {
        for (var attribute : List.of(RequestDispatcher.ERROR_REQUEST_URI, RequestDispatcher.FORWARD_REQUEST_URI)) {
            if (request.getAttribute(attribute) instanceof String uri) {
                return uri;
            }
        }
        return request.getRequestURI();
    }
}
