package dev.cachewarden.access.web;

import dev.cachewarden.access.ApiToken;
import dev.cachewarden.access.Scope;
import dev.cachewarden.access.TokenPrincipal;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** The authentication of a request with an API token. */
final class TokenAuthentication extends AbstractAuthenticationToken {

    private final transient TokenPrincipal principal;

    TokenAuthentication(ApiToken token) {
        super(AuthorityUtils.createAuthorityList(
                token.scopes().stream().map(Scope::authority).toArray(String[]::new)));
        this.principal = new TokenPrincipal(token);
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    TokenPrincipal token() {
        return principal;
    }

    @Override
    public Object getPrincipal() {
        return principal;
    }
}
