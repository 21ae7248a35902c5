package dev.cachewarden.access;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The entity of an {@link ApiToken}. Only the times of its last use and its revocation change, each by a statement of the repository. */
@Entity
@Table(name = "api_token")
class SavedToken {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private final String name;
    private final String prefix;
    private final byte[] secretHash;
    private final String[] scopes;
    private final @Nullable String owner;
    private final @Nullable Long parent;
    private final String createdBy;
    private final Instant createdAt;
    private final @Nullable Instant expiresAt;
    private @Nullable Instant lastUsedAt;
    private @Nullable Instant revokedAt;

    /** The account or token that creates a token. */
    record Maker(
            String name, @Nullable String owner, @Nullable Long parent) {}

    SavedToken(
            String name,
            TokenSecret secret,
            Collection<Scope> scopes,
            Maker maker,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        this.name = name;
        this.prefix = secret.prefix();
        this.secretHash = secret.hash();
        this.scopes = scopes.stream().sorted().map(Scope::word).toArray(String[]::new);
        this.owner = maker.owner();
        this.parent = maker.parent();
        this.createdBy = maker.name();
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    /** Creates an empty instance for Hibernate, which sets the fields. */
    @NullUnmarked
    SavedToken() {
        this.name = null;
        this.prefix = null;
        this.secretHash = null;
        this.scopes = null;
        this.owner = null;
        this.parent = null;
        this.createdBy = null;
        this.createdAt = null;
        this.expiresAt = null;
    }

    boolean hasSecret(TokenSecret secret) {
        return MessageDigest.isEqual(secret.hash(), secretHash);
    }

    ApiToken token() {
        return new ApiToken(
                Objects.requireNonNull(id, "not stored yet"),
                name,
                prefix,
                Arrays.stream(scopes).map(Scope::ofWord).toList(),
                createdBy,
                owner,
                parent,
                createdAt,
                expiresAt,
                lastUsedAt,
                revokedAt);
    }
}
