package dev.cachewarden.access.web;

import dev.cachewarden.access.LoginSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * CSRF tokens without server state. Each is a hash of the session cookie or, before the sign-in, of a random cookie. Another site cannot
 * read either cookie.
 */
final class FormTokens implements CsrfTokenRepository {

    private static final String HEADER = "X-CSRF-TOKEN";
    private static final String PARAMETER = "_csrf";
    private static final String FRESH = FormTokens.class.getName();

    private final SecureRandom random = new SecureRandom();

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        request.setAttribute(FRESH, value);
        return of(value);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token == null) {
            Cookies.delete(request, response, Cookies.FORM);
        } else if (request.getAttribute(FRESH) instanceof String value && !response.isCommitted()) {
            Cookies.set(request, response, Cookies.FORM, value, Cookies.WHILE_OPEN);
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        if (request.getAttribute(LoginSessions.SECRET) instanceof String begun) {
            return of(begun);
        }
        var session = Cookies.value(request, Cookies.SESSION);
        var base = session == null ? Cookies.value(request, Cookies.FORM) : session;
        if (base != null) {
            return of(base);
        }
        return request.getAttribute(FRESH) instanceof String fresh ? of(fresh) : null;
    }

    private static CsrfToken of(String base) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(("form " + base).getBytes(StandardCharsets.UTF_8));
            return new DefaultCsrfToken(
                    HEADER, PARAMETER, Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime does not provide SHA-256", e);
        }
    }
}
