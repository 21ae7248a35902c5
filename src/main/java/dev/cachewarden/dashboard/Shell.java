package dev.cachewarden.dashboard;

import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.OwnAddress;
import dev.cachewarden.store.StoreTrouble;
import dev.cachewarden.store.StoreWatch;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What the frame around each page has to know of the request; {@code @shell} in templates. */
@Component
public class Shell {

    private final OwnAddress address;
    private final ObjectProvider<StoreWatch> store;

    Shell(OwnAddress address, ObjectProvider<StoreWatch> store) {
        this.address = address;
        this.store = store;
    }

    /** What is wrong with the database, so that what a page shows may be old; null if nothing is known to be. */
    public @Nullable String storeTrouble() {
        var watch = store.getIfAvailable();
        return watch == null
                ? null
                : watch.trouble().map(StoreTrouble::explanation).orElse(null);
    }

    /** Whether only the changing part of the page was asked for, by htmx. */
    public boolean part() {
        var request = request();
        return request.getHeader("HX-Request") != null && request.getHeader("HX-History-Restore-Request") == null;
    }

    /** Path and query of this page, to ask for it again. */
    public String here() {
        var request = request();
        return request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }

    /** Where this service is reached, for commands to copy; if that is unknown, the variable that the user has to set. */
    public String origin() {
        return address.of(request()).orElse("$CACHEWARDEN_URL");
    }

    public boolean signedIn() {
        var caller = caller();
        return caller != null && caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken);
    }

    /** Whether the person may do what needs this scope, such as {@code admin}. */
    public boolean may(String scope) {
        var caller = caller();
        var authority = Scope.ofWord(scope).authority();
        return caller != null
                && caller.getAuthorities().stream().anyMatch(granted -> authority.equals(granted.getAuthority()));
    }

    public String person() {
        var caller = caller();
        return caller == null ? "" : caller.getName();
    }

    private static @Nullable Authentication caller() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private static HttpServletRequest request() {
        if (RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes attributes) {
            return attributes.getRequest();
        }
        throw new IllegalStateException("A page is written for a request of the servlet API");
    }
}
