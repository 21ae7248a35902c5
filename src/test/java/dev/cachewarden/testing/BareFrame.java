package dev.cachewarden.testing;

import org.jspecify.annotations.Nullable;

/** Stands for the dashboard's frame in tests of pages without it: answers as for the inner part of a page. Its bean is named {@code shell}. */
public final class BareFrame {

    public boolean part() {
        return true;
    }

    public @Nullable String storeProblem() {
        return null;
    }

    public boolean signedIn() {
        return true;
    }
}
