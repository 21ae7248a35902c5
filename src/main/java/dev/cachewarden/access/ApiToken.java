package dev.cachewarden.access;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API token without its secret, as it may be shown at any time.
 *
 * @param prefix identifies the token in lists and logs
 * @param scopes rights of the token, in the order of {@link Scope}
 * @param createdBy the account or token that created it
 * @param owner the account that it belongs to, which limits its rights, or null if unknown; then the token is not accepted
 * @param parent id of the token that created it, which also limits its rights, or null if a user created it
 * @param expiresAt expiry time, or null if it never expires
 * @param lastUsedAt time of the last use, exact to a minute, or null if it was never used
 * @param revokedAt time of the revocation, or null if it is not revoked
 */
public record ApiToken(
        long id,
        String name,
        String prefix,
        List<Scope> scopes,
        String createdBy,
        @Nullable String owner,
        @Nullable Long parent,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    public ApiToken {
        scopes = scopes.stream().sorted().distinct().toList();
    }

    /** Returns the same token, but only with those of its scopes that are also in the given ones. */
    ApiToken limitedTo(Collection<Scope> others) {
        var left = scopes.stream().filter(others::contains).toList();
        return new ApiToken(
                id, name, prefix, left, createdBy, owner, parent, createdAt, expiresAt, lastUsedAt, revokedAt);
    }

    /** Returns whether the token is neither revoked nor expired at the given time. */
    public boolean validAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
