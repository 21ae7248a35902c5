package dev.cachewarden.access.web;

import dev.cachewarden.access.Scope;
import org.jspecify.annotations.Nullable;

/** What a request needs. */
enum Need {
    /** Nothing: anybody may. */
    NOTHING(null),
    /** To be signed in, or to have a token of whatever scope. */
    IDENTITY(null),
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
