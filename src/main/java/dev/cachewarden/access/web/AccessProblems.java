package dev.cachewarden.access.web;

import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.Problem;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Responds to requests without sufficient rights: names the missing scope to scripts, and shows the sign-in to browsers. */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String REALM = "Bearer realm=\"cachewarden\"";

    static boolean fromScript(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/api/")
                || path.startsWith("/actuator/")
                || path.startsWith("/v3/")
                || BearerTokenFilter.hasToken(request);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException, ServletException {
        if (fromScript(request)) {
            answer(request, response, unauthorized(request));
        } else if (request.getHeader("HX-Request") != null) {
            // htmx would follow a redirect and insert the login page into a part of the current page.
            response.setHeader("HX-Redirect", login(request));
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            var form = KeptForm.of(request);
            if (form.isPresent()) {
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                LoginOutcomes.show(form.get(), request, response);
            } else {
                response.sendRedirect(login(request));
            }
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        if (response.isCommitted()) {
            return;
        }
        var form = denied instanceof CsrfException ? KeptForm.of(request) : Optional.<KeptForm>empty();
        if (form.isPresent()) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            LoginOutcomes.show(form.get(), request, response);
        } else {
            answer(request, response, denied instanceof CsrfException ? outdatedForm(request) : forbidden(request));
        }
    }

    private static String login(HttpServletRequest request) {
        return Cookies.value(request, Cookies.SESSION) == null ? "/login" : "/login?ended";
    }

    private static Problem unauthorized(HttpServletRequest request) {
        var scope = AccessRules.need(request).scope();
        var needed = scope == null ? "a token" : "a token with the scope '" + scope.word() + "'";
        return BearerTokenFilter.hasToken(request)
                ? Problem.of(
                                401,
                                "unauthorized",
                                "Not signed in",
                                "The token is unknown, expired, or revoked. This request requires " + needed + ".")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge("invalid_token", scope))
                : Problem.of(
                                401,
                                "unauthorized",
                                "Not signed in",
                                "This request requires " + needed + ". Send it as 'Authorization: Bearer cw_…'.")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(null, scope));
    }

    private static Problem forbidden(HttpServletRequest request) {
        var need = AccessRules.need(request);
        var scope = need.scope();
        if (scope == null) {
            return Problem.of(
                    404,
                    "not-found",
                    "Not found",
                    "No resource exists at " + request.getRequestURI() + ". Check the path.");
        }
        return Problem.of(403, "forbidden", "Not allowed", missing(request, scope))
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge("insufficient_scope", scope));
    }

    private static String missing(HttpServletRequest request, Scope scope) {
        return BearerTokenFilter.hasToken(request)
                ? "The token lacks the scope '" + scope.word() + "', which this request requires."
                : "Your role lacks the scope '" + scope.word()
                        + "', which this request requires. An administrator can change your role under Settings,"
                        + " Users.";
    }

    private static Problem outdatedForm(HttpServletRequest request) {
        return fromScript(request)
                ? Problem.of(
                        403,
                        "csrf",
                        "Not allowed",
                        "A request in a browser session must send the header X-CSRF-TOKEN. Scripts use an API token"
                                + " instead.")
                : Problem.of(
                        403,
                        "csrf",
                        "This form is out of date",
                        "Your session changed after you opened this form. Nothing was saved. Reload the page and"
                                + " submit the form again.");
    }

    private static String challenge(@Nullable String error, @Nullable Scope scope) {
        return REALM
                + (error == null ? "" : ", error=\"" + error + "\"")
                + (scope == null ? "" : ", scope=\"" + scope.word() + "\"");
    }

    static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws ServletException, IOException {
        request.setAttribute(Problem.ATTRIBUTE, problem);
        response.setStatus(problem.status());
        request.getRequestDispatcher(Problem.PAGE).forward(request, response);
    }
}
