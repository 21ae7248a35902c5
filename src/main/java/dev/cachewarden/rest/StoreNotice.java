package dev.cachewarden.rest;

import dev.cachewarden.store.StoreProblem;
import dev.cachewarden.store.StoreWatch;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The current problem of the database, in the words of the error responses. */
@Component
public final class StoreNotice {

    private final ObjectProvider<StoreWatch> store;

    StoreNotice(ObjectProvider<StoreWatch> store) {
        this.store = store;
    }

    /** Returns the explanation of the problem, or null if no problem is known. */
    public @Nullable String explanation() {
        var watch = store.getIfAvailable();
        return watch == null
                ? null
                : watch.problem().map(StoreProblem::explanation).orElse(null);
    }
}
