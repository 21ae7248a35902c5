package dev.cachewarden.access;

import java.security.Principal;

/** The caller of a request with an API token. */
public record TokenPrincipal(ApiToken token) implements Principal {
    @Override
    public String getName() {
        return "token " + token.name();
    }
}
