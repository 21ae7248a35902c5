package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;

/** Whether builds run, as far as builders tell: those without a history tell nothing, and what others say of them does not count. */
@FunctionalInterface
public interface RunningBuilds {

    /** Whether at least one build is known to run on the engine of a builder. */
    boolean any(BuilderId builder);
}
