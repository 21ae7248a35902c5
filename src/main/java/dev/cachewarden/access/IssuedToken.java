package dev.cachewarden.access;

/**
 * A token just made.
 *
 * @param secret the whole token, {@code cw_<prefix>_<secret>}; only its hash is kept, so this is the one time it can be shown
 */
public record IssuedToken(ApiToken token, String secret) {
    @Override
    public String toString() {
        return "IssuedToken[" + token.prefix() + "]";
    }
}
