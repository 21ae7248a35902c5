package dev.cachewarden.access.web;

import dev.cachewarden.access.Account;
import dev.cachewarden.access.LoginSessions;
import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.BooleanSupplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/** Authenticates browsers by their sessions in the database. A request that needs no authentication does not query the database. */
final class SessionContexts implements SecurityContextRepository {

    private static final String KNOWN = RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME;

    private final LoginSessions sessions;

    SessionContexts(LoginSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    @SuppressWarnings("deprecation") // Security has no other way to be given a context late.
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        var request = holder.getRequest();
        if (request.getAttribute(KNOWN) instanceof SecurityContext known) {
            return known;
        }
        // Other dispatches of the same request use it. If the database is unavailable, the error page does not query it
        // again.
        request.setAttribute(KNOWN, SecurityContextHolder.createEmptyContext());
        var context = context(request);
        request.setAttribute(KNOWN, context);
        return context;
    }

    private SecurityContext context(HttpServletRequest request) {
        var secret = Cookies.value(request, Cookies.SESSION);
        return secret == null || BearerTokenFilter.hasToken(request)
                ? SecurityContextHolder.createEmptyContext()
                : sessions.use(secret)
                        .map(account -> of(account, request, secret))
                        .orElseGet(SecurityContextHolder::createEmptyContext);
    }

    private SecurityContext of(Account account, HttpServletRequest request, String secret) {
        BooleanSupplier still = () -> sessions.find(secret).isPresent();
        request.setAttribute(Caller.STILL_KNOWN, still);
        request.setAttribute(LoginSessions.SECRET, secret);
        var authorities = AuthorityUtils.createAuthorityList(
                account.role().scopes().stream().map(Scope::authority).toArray(String[]::new));
        var person = new User(account.name(), "", authorities);
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(person, null, authorities));
    }

    /** Starts a session after a sign-in. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        var known = context.getAuthentication();
        request.setAttribute(KNOWN, context);
        if (known instanceof UsernamePasswordAuthenticationToken && known.isAuthenticated()) {
            begin(known, request, response);
        }
    }

    private void begin(Authentication known, HttpServletRequest request, HttpServletResponse response) {
        var before = Cookies.value(request, Cookies.SESSION);
        if (before != null) {
            sessions.end(before);
        }
        var secret = sessions.begin(known.getName());
        request.setAttribute(LoginSessions.SECRET, secret);
        Cookies.set(request, response, Cookies.SESSION, secret, Cookies.WHILE_OPEN);
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return Cookies.value(request, Cookies.SESSION) != null;
    }
}
