package dev.cachewarden.access.web;

import dev.cachewarden.access.Accounts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a browser session whose account has changed since its login: another password, another role, or gone. Asks the store at each
 * request, so that it holds for sessions of other replicas too.
 */
final class SessionGuard extends OncePerRequestFilter {

    private final Accounts accounts;

    SessionGuard(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !(caller.getPrincipal() instanceof UserDetails) || unchanged(request, caller)) {
            chain.doFilter(request, response);
            return;
        }
        SecurityContextHolder.clearContext();
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        if (AccessProblems.fromScript(request)) {
            chain.doFilter(request, response);
        } else if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", "/login?ended");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect("/login?ended");
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Styles and scripts are the same for everybody; no need to ask the store for each.
        return AccessRules.need(request) == Need.NOTHING;
    }

    private boolean unchanged(HttpServletRequest request, Authentication caller) {
        var session = request.getSession(false);
        return session != null
                && accounts.fingerprint(caller.getName())
                        .filter(now -> now.equals(session.getAttribute(Accounts.SESSION_ATTRIBUTE)))
                        .isPresent();
    }
}
