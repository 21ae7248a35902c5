package dev.cachewarden.access;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token for scripts, as far as it may be shown again: without its secret.
 *
 * @param prefix tells tokens apart in lists and logs
 * @param scopes what it may do, in the order of {@link Scope}
 * @param createdBy the account or token that created it
 * @param owner the account that it belongs to, which limits what it may do; null: unknown, and the token is not accepted
 * @param parent id of the token that created it, which limits it too; null: a person created it
 * @param expiresAt null: never
 * @param lastUsedAt exact to a minute; null: never used
 * @param revokedAt null: not revoked
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

    /** Returns the same token with only those of its scopes that are also among others. */
    ApiToken limitedTo(Collection<Scope> others) {
        var left = scopes.stream().filter(others::contains).toList();
        return new ApiToken(
                id, name, prefix, left, createdBy, owner, parent, createdAt, expiresAt, lastUsedAt, revokedAt);
    }

    /** Whether it opens anything at a time. */
    public boolean validAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
