package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;

/** Whether builds run, as far as builders tell: those without a history tell nothing. */
@FunctionalInterface
public interface RunningBuilds {

    /** Whether at least one build of a builder is known to run. */
    boolean any(BuilderId builder);
}
