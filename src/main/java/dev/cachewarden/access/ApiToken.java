package dev.cachewarden.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token for scripts, as far as it may be shown again: without its secret.
 *
 * @param prefix tells tokens apart in lists and logs
 * @param scopes what it may do, in the order of {@link Scope}
 * @param createdBy who made it
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
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    public ApiToken {
        scopes = scopes.stream().sorted().distinct().toList();
    }

    /** Whether it opens anything at a time. */
    public boolean validAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
