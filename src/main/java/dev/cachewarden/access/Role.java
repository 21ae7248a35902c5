package dev.cachewarden.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A role of a user, as a set of scopes. */
public enum Role {
    /** Has read-only access. */
    VIEWER(EnumSet.of(Scope.READ)),
    /** Reads, previews, and prunes with existing policies. */
    OPERATOR(EnumSet.of(Scope.READ, Scope.PREVIEW, Scope.PRUNE)),
    /** Has all scopes. */
    ADMIN(EnumSet.allOf(Scope.class));

    private final Set<Scope> scopes;

    Role(Set<Scope> scopes) {
        this.scopes = Set.copyOf(scopes);
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    /** Returns the role as shown and as written in forms. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
