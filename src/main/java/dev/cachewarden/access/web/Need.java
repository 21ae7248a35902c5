package dev.cachewarden.access.web;

import dev.cachewarden.access.Scope;
import org.jspecify.annotations.Nullable;

/** The right that a request needs. */
enum Need {
    /** No sign-in. */
    NOTHING(null),
    /** A user who is signed in. A token has no password. */
    PERSON(null),
    /** An administrator who is signed in. A token could set the password of another user, and get more rights than its own. */
    PERSON_ADMIN(Scope.ADMIN),
    READ(Scope.READ),
    PREVIEW(Scope.PREVIEW),
    PRUNE(Scope.PRUNE),
    INGEST(Scope.INGEST),
    ADMIN(Scope.ADMIN),
    /** Always denied, because no such resource exists. */
    IMPOSSIBLE(null);

    private final @Nullable Scope scope;

    Need(@Nullable Scope scope) {
        this.scope = scope;
    }

    /** Returns the required scope, or null if the right does not depend on a scope. */
    @Nullable
    Scope scope() {
        return scope;
    }
}
