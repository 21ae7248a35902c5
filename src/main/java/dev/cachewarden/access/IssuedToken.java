package dev.cachewarden.access;

/**
 * A new token.
 *
 * @param secret full text of the token, {@code cw_<prefix>_<secret>}; only its hash is stored, so it cannot be shown again
 */
public record IssuedToken(ApiToken token, String secret) {
    @Override
    public String toString() {
        return "IssuedToken[" + token.prefix() + "]";
    }
}
