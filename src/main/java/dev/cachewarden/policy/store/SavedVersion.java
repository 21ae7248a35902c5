package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyVersionView;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** The entity of one version of a policy. It never changes. */
@Entity
@Immutable
@Table(name = "prune_policy_version")
class SavedVersion implements Persistable<SavedVersion.Key> {

    @EmbeddedId
    private final Key key;

    @JdbcTypeCode(SqlTypes.JSON)
    private final String document;

    private final Instant savedAt;
    private final @Nullable String savedBy;

    @Embeddable
    record Key(long policyId, int version) implements Serializable {}

    SavedVersion(long policyId, int version, String document, Instant savedAt, String savedBy) {
        this.key = new Key(policyId, version);
        this.document = document;
        this.savedAt = savedAt;
        this.savedBy = savedBy;
    }

    /** Creates an empty instance for Hibernate, which sets the fields. */
    @NullUnmarked
    SavedVersion() {
        this.key = null;
        this.document = null;
        this.savedAt = null;
        this.savedBy = null;
    }

    @Override
    public Key getId() {
        return key;
    }

    /** Returns true, because a version is only ever inserted. */
    @Override
    public boolean isNew() {
        return true;
    }

    PolicyVersionView view() {
        return new PolicyVersionView(
                key.policyId(),
                key.version(),
                PolicyDraft.of(JsonColumns.document(document)).content(),
                savedAt,
                savedBy);
    }
}
