package dev.cachewarden.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a person may do, as a set of scopes. */
public enum Role {
    /** Sees, and changes nothing. */
    VIEWER(EnumSet.of(Scope.READ)),
    /** Sees, previews and prunes by the policies there are. */
    OPERATOR(EnumSet.of(Scope.READ, Scope.PREVIEW, Scope.PRUNE)),
    /** May do everything. */
    ADMIN(EnumSet.allOf(Scope.class));

    private final Set<Scope> scopes;

    Role(Set<Scope> scopes) {
        this.scopes = Set.copyOf(scopes);
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    /** As shown and written in forms. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
