package dev.cachewarden.engine;

import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;

/**
 * An engine that {@link BuildCacheContract} is run against, real or simulated. It may be shared with others: a contract
 * looks at, and prunes, nothing but the records of its own builds.
 */
public interface EngineUnderTest {

    /** How to reach it; answers the same for the whole life of the engine. */
    HostConnection connection();

    /** What a probe must find there. */
    Expected expected();

    /**
     * Runs one build and returns when it has ended, so that none of its records is in use. No image may come out of it: none
     * of its records is shared.
     */
    void build(BuildRecipe recipe);

    /**
     * What a probe must find.
     *
     * @param engineVersion its beginning, such as {@code 28.5.}
     * @param apiVersion to be negotiated, such as {@code 1.51}
     * @param buildkitVersion its beginning, such as {@code v0.25}
     * @param reportsGcPolicies whether the worker lists GC policies
     */
    record Expected(
            String engineVersion,
            String apiVersion,
            String buildkitVersion,
            BuildKitUse buildKit,
            ControlAccess control,
            boolean reportsGcPolicies) {}
}
