package dev.cachewarden.access.web;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.AuditTrail;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** What follows a login, a failed one and a logout: the next page, and a line in the audit trail. */
final class LoginOutcomes extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler, LogoutHandler {

    private static final int LONGEST_NAME = 64;

    private final Accounts accounts;
    private final AuditTrail trail;

    LoginOutcomes(Accounts accounts, AuditTrail trail) {
        this.accounts = accounts;
        this.trail = trail;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication known)
            throws ServletException, IOException {
        accounts.seen(known.getName());
        accounts.fingerprint(known.getName())
                .ifPresent(print -> request.getSession().setAttribute(Accounts.SESSION_ATTRIBUTE, print));
        trail.add(known.getName(), "password", "login", known.getName(), null);
        super.onAuthenticationSuccess(request, response, known);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof ThrottledLogin.TooManyFailuresException tooMany) {
            // Not in the trail: the failures that led here are, and this one costs an attacker nothing.
            response.sendRedirect("/login?wait=" + (tooMany.waitTime().toSeconds() + 1));
            return;
        }
        if (failure instanceof InternalAuthenticationServiceException
                && failure.getCause() instanceof RuntimeException e) {
            // No password was checked: the page of errors tells why.
            throw e;
        }
        trail.add("unknown", "password", "login.fail", typedName(request), null);
        response.sendRedirect("/login?failed");
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication known) {
        if (known != null) {
            trail.add(known.getName(), "password", "logout", known.getName(), null);
        }
    }

    private static String typedName(HttpServletRequest request) {
        var name = request.getParameter("username");
        if (name == null) {
            return "";
        }
        var printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "…";
    }
}
