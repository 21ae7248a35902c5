package dev.cachewarden.policy.store;

import dev.cachewarden.policy.ContentCheck;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.VisibleText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The entity of a policy. Each save is a new version. Statements of the repository record its starts, without a new version. */
@Entity
@Table(name = "prune_policy")
class SavedPolicy {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @JdbcTypeCode(SqlTypes.JSON)
    private String document;

    /** The name in the document. The database extracts it. */
    @Column(insertable = false, updatable = false)
    private @Nullable String name;

    /**
     * The key for the uniqueness of the name. Null if the policy has its name since before the key was introduced; the policy keeps its
     * name.
     */
    @SuppressWarnings("UnusedVariable")
    private @Nullable String nameKey;

    /** The version that users see, and that plans refer to. */
    @Version
    private int version = 1;

    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable String configFile;
    private @Nullable Instant nextStartAt;

    @Column(insertable = false, updatable = false)
    private @Nullable Instant lastStartAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(insertable = false, updatable = false)
    private @Nullable String lastStartResult;

    SavedPolicy(PolicyDraft draft, @Nullable String file, Instant now) {
        this.createdAt = now;
        save(draft, file, now);
    }

    /** Creates an empty instance for Hibernate, which sets the fields. */
    @NullUnmarked
    SavedPolicy() {
        this.createdAt = null;
    }

    /**
     * Replaces the content.
     *
     * @param file the configuration file that manages the policy from then on, or null if users manage it
     */
    final void save(PolicyDraft draft, @Nullable String file, Instant now) {
        var content = draft.content();
        if (!content.name().equals(name)) {
            nameKey = VisibleText.key(content.name());
        }
        document = JsonColumns.document(PolicyDocument.of(content));
        configFile = file;
        nextStartAt = draft.nextStart(now);
        updatedAt = now;
    }

    /** Returns whether the policy has this version. Every policy matches null. */
    boolean hasVersion(@Nullable Integer expected) {
        return expected == null || expected == version;
    }

    boolean isManagedByFile() {
        return configFile != null;
    }

    /** Returns the current version, for the history of the policy. */
    SavedVersion toVersion(String by) {
        return new SavedVersion(id(), version, document, updatedAt, by);
    }

    private long id() {
        return Objects.requireNonNull(id, "not stored yet");
    }

    PolicyView view() {
        var content = PolicyDraft.of(JsonColumns.document(document)).content();
        return new PolicyView(
                id(),
                content,
                nextStartAt,
                lastStartAt,
                lastStartResult == null
                        ? null
                        : JsonColumns.startResult(lastStartResult).text(),
                createdAt,
                updatedAt,
                version,
                ContentCheck.of(content),
                configFile);
    }
}
