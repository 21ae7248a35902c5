package dev.cachewarden.access.web;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.LoginSessions;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** Completes a sign-in, a failed sign-in, or a sign-out: redirects to the next page and adds an entry to the audit log. */
final class LoginOutcomes implements AuthenticationSuccessHandler, AuthenticationFailureHandler, LogoutHandler {

    /** The page of a form that was sent after its session had ended. It is accessible only by a forward. */
    static final String FORM_PAGE = "/login/form";

    /** Request attribute with the error of the sign-in, for its page. */
    static final String WRONG = "loginWrong";

    private static final Duration REMEMBER_DEVICE = Duration.ofDays(90);

    private final Accounts accounts;
    private final LoginSessions sessions;
    private final AuditTrail trail;
    private final LoginFailures failures;

    LoginOutcomes(Accounts accounts, LoginSessions sessions, AuditTrail trail, LoginFailures failures) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.trail = trail;
        this.failures = failures;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication known)
            throws IOException, ServletException {
        accounts.seen(known.getName());
        trail.add(known.getName(), "password", "login", known.getName(), null);
        var device = Cookies.value(request, Cookies.DEVICE);
        if (device == null || !sessions.remembers(known.getName(), device)) {
            Cookies.set(request, response, Cookies.DEVICE, sessions.remember(known.getName()), REMEMBER_DEVICE);
        }
        var next = NextPage.take(request, response);
        var form = keptForm(request);
        if (form.isPresent()) {
            show(form.get(), request, response);
        } else {
            response.sendRedirect(next);
        }
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (failure instanceof InternalAuthenticationServiceException
                && failure.getCause() instanceof RuntimeException e) {
            // No password was checked. The error page shows the reason.
            throw e;
        }
        boolean checked = !(failure instanceof ThrottledLogin.TooManyFailuresException);
        failures.add(typedName(request), request.getRemoteAddr(), checked);
        var query = failure instanceof ThrottledLogin.TooManyFailuresException tooMany
                ? "wait=" + (tooMany.waitTime().toSeconds() + 1)
                : "failed";
        var form = keptForm(request);
        if (form.isPresent()) {
            request.setAttribute(WRONG, query);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            show(form.get(), request, response);
        } else {
            response.sendRedirect("/login?" + query);
        }
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication known) {
        var secret = Cookies.value(request, Cookies.SESSION);
        if (secret != null) {
            sessions.end(secret);
            Cookies.delete(request, response, Cookies.SESSION);
        }
        if (known != null) {
            trail.add(known.getName(), "password", "logout", known.getName(), null);
        }
    }

    /** Shows a form that was not executed: with the sign-in if no user is signed in, otherwise with a button to send it again. */
    static void show(KeptForm form, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.setAttribute(KeptForm.ATTRIBUTE, form.view());
        request.getRequestDispatcher(FORM_PAGE).forward(request, response);
    }

    private static Optional<KeptForm> keptForm(HttpServletRequest request) {
        var text = request.getParameter(KeptForm.PARAMETER);
        return text == null ? Optional.empty() : KeptForm.read(text);
    }

    private static String typedName(HttpServletRequest request) {
        var name = request.getParameter("username");
        if (name == null) {
            return "";
        }
        var cut = name.length() <= ThrottledLogin.LONGEST_NAME
                ? name
                : name.substring(0, ThrottledLogin.LONGEST_NAME) + "…";
        return cut.replaceAll("[\\p{C}]", "?");
    }
}
