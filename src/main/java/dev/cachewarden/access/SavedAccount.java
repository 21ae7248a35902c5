package dev.cachewarden.access;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The entity of an {@link Account}. It changes only while its row is locked, except for the time of the last sign-in. */
@Entity
@Table(name = "app_user")
class SavedAccount {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private final String name;
    private String passwordHash;

    @Enumerated(EnumType.STRING)
    private Role role;

    private final Instant createdAt;
    private @Nullable Instant lastSeenAt;

    SavedAccount(String name, Role role, String passwordHash, Instant createdAt) {
        this.name = name;
        this.role = role;
        this.passwordHash = passwordHash;
        this.createdAt = createdAt;
    }

    /** Creates an empty instance for Hibernate, which sets the fields. */
    @NullUnmarked
    SavedAccount() {
        this.name = null;
        this.createdAt = null;
    }

    String name() {
        return name;
    }

    boolean isAdmin() {
        return role == Role.ADMIN;
    }

    void changeRole(Role other) {
        role = other;
    }

    String passwordHash() {
        return passwordHash;
    }

    void changePassword(String hash) {
        passwordHash = hash;
    }

    Account account() {
        return new Account(name, role, createdAt, lastSeenAt);
    }
}
