package dev.cachewarden.access.web;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.rest.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests by their {@code Authorization: Bearer} header. If a request has this header, its session is never used. Such a
 * request therefore needs no CSRF token.
 */
final class BearerTokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer";

    private final ApiTokens tokens;
    private final AccessProblems problems;
    // The token is part of each request, so the HTTP session is never used.
    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    BearerTokenFilter(ApiTokens tokens, AccessProblems problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    static boolean hasToken(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (header.length() == SCHEME.length() || header.charAt(SCHEME.length()) == ' ');
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!hasToken(request)) {
            chain.doFilter(request, response);
            return;
        }
        var text = request.getHeader(HttpHeaders.AUTHORIZATION)
                .substring(SCHEME.length())
                .strip();
        var token = tokens.authenticate(text);
        if (token.isEmpty()) {
            SecurityContextHolder.clearContext();
            problems.commence(
                    request, response, new BadCredentialsException("The token is unknown, expired, or revoked"));
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new TokenAuthentication(token.get()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        request.setAttribute(Caller.TOKEN, token.get().prefix());
        BooleanSupplier still = () -> tokens.find(text)
                .filter(now -> now.scopes().containsAll(token.get().scopes()))
                .isPresent();
        request.setAttribute(Caller.STILL_KNOWN, still);
        chain.doFilter(request, response);
    }
}
