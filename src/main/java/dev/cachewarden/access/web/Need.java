package dev.cachewarden.access.web;

import dev.cachewarden.access.Scope;
import org.jspecify.annotations.Nullable;

/** What a request needs. */
enum Need {
    /** Nothing: anybody may. */
    NOTHING(null),
    /** To be signed in as a person. A token has no password. */
    PERSON(null),
    /** To be signed in as an administrator. A token could make an account with more rights than its own. */
    PERSON_ADMIN(Scope.ADMIN),
    READ(Scope.READ),
    PREVIEW(Scope.PREVIEW),
    PRUNE(Scope.PRUNE),
    INGEST(Scope.INGEST),
    ADMIN(Scope.ADMIN),
    /** Nobody may: there is no such thing. */
    IMPOSSIBLE(null);

    private final @Nullable Scope scope;

    Need(@Nullable Scope scope) {
        this.scope = scope;
    }

    /** The scope needed; null where it is not a matter of scopes. */
    @Nullable
    Scope scope() {
        return scope;
    }
}
