package dev.cachewarden.access;

import java.security.Principal;

/** Who makes a request with an API token. */
public record TokenPrincipal(ApiToken token) implements Principal {
    @Override
    public String getName() {
        return "token " + token.name();
    }
}
