package dev.cachewarden.dashboard;

import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.OwnAddress;
import dev.cachewarden.rest.StoreNotice;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The request data for the layout of each page; {@code @shell} in templates. */
@Component
public class Shell {

    private final OwnAddress address;
    private final StoreNotice store;

    Shell(OwnAddress address, StoreNotice store) {
        this.address = address;
        this.store = store;
    }

    /** Returns the current problem of the database, which can make pages outdated, or null if no problem is known. */
    public @Nullable String storeProblem() {
        return store.explanation();
    }

    /** Returns whether htmx requested only the live part of the page. */
    public boolean part() {
        var request = request();
        return request.getHeader("HX-Request") != null && request.getHeader("HX-History-Restore-Request") == null;
    }

    /** Returns the path and query of this page, for reloading it. */
    public String here() {
        var request = request();
        return request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }

    /** Returns the URL of this service for commands to copy. If it is unknown, returns the variable that the user has to set. */
    public String origin() {
        return address.of(request()).orElse("$CACHEWARDEN_URL");
    }

    public boolean signedIn() {
        var caller = caller();
        return caller != null && caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken);
    }

    /** Returns whether the user has the given scope, such as {@code admin}. */
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
        throw new IllegalStateException("No servlet request is active on this thread");
    }
}
