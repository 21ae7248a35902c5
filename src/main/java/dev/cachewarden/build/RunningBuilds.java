package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;

/** The running builds, as reported by the builders. Builders without a build history report nothing, and uploads do not count. */
@FunctionalInterface
public interface RunningBuilds {

    /** Returns whether at least one build is known to run on the engine of a builder. */
    boolean any(BuilderId builder);
}
