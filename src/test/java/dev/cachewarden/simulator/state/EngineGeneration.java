package dev.cachewarden.simulator.state;

import dev.cachewarden.simulator.cache.DescriptionStyle;
import dev.cachewarden.simulator.cache.PruneRules;

/**
 * A generation of Docker Engine: what it calls itself, and so what it does.
 *
 * @param version of the engine
 * @param api newest API it speaks; used where a request names none
 * @param oldestApi oldest API it speaks
 * @param buildkitMinor the BuildKit inside, as the N of 0.N
 * @param buildkitVersion as it tells it; Debian's engines do not know it, and those before 23.0 do not tell
 */
public record EngineGeneration(
        String version,
        ApiVersion api,
        ApiVersion oldestApi,
        int buildkitMinor,
        String buildkitVersion,
        String operatingSystem) {

    /** Too old for us: no {@code /grpc}, no {@code HEAD /_ping}. */
    public static final EngineGeneration ENGINE_18_09 = new EngineGeneration(
            "18.09.9", ApiVersion.of("1.39"), ApiVersion.of("1.12"), 3, "", "Debian GNU/Linux 10 (buster)");

    public static final EngineGeneration ENGINE_20_10 = new EngineGeneration(
            "20.10.24+dfsg1", ApiVersion.of("1.41"), ApiVersion.of("1.12"), 8, "", "Debian GNU/Linux 12 (bookworm)");

    public static final EngineGeneration ENGINE_26_1 = new EngineGeneration(
            "26.1.5+dfsg1",
            ApiVersion.of("1.45"),
            ApiVersion.of("1.24"),
            13,
            "v0.0.0+unknown",
            "Debian GNU/Linux 13 (trixie)");

    public static final EngineGeneration ENGINE_28_5 = new EngineGeneration(
            "28.5.2+dfsg4",
            ApiVersion.of("1.51"),
            ApiVersion.of("1.24"),
            25,
            "v0.0.0+unknown",
            "Debian GNU/Linux forky/sid");

    public static final EngineGeneration ENGINE_29_7 = new EngineGeneration(
            "29.7.2", ApiVersion.of("1.55"), ApiVersion.of("1.40"), 32, "v0.32.2", "Ubuntu 26.04 LTS");

    public int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /** How its BuildKit words descriptions. */
    public DescriptionStyle style() {
        return buildkitMinor < 10 ? DescriptionStyle.BUILDKIT_0_8 : DescriptionStyle.BUILDKIT_0_13;
    }

    public PruneRules pruneRules() {
        return new PruneRules(
                buildkitMinor < 13 ? 0 : 10, buildkitMinor >= 14, buildkitMinor < 17 || buildkitMinor >= 21);
    }

    /** One parent as text, always sent, before BuildKit 0.10; a list under a key with a leading space after. */
    public boolean oneParent() {
        return buildkitMinor < 10;
    }

    public boolean reportsBuilderVersion() {
        return major() >= 23;
    }

    public boolean knowsHeadPing() {
        return api.atLeast(40);
    }

    public boolean upgradesToGrpc() {
        return major() >= 19;
    }

    public boolean nativeGrpc() {
        return api.atLeast(53);
    }

    /** Whether the worker carries the engine's id; before, it is {@code moby} everywhere. */
    public boolean workerHasEngineId() {
        return buildkitMinor >= 10;
    }

    public boolean hasInfoRpc() {
        return buildkitMinor >= 11;
    }

    /** Whether it remembers builds. */
    public boolean keepsHistory() {
        return buildkitMinor >= 11;
    }

    /** Whether streams that tell of builds begin with its time. */
    public boolean reportsTime() {
        return buildkitMinor >= 12;
    }

    /** Whether the limits beyond keep-storage are read over gRPC; older ones drop them without a word. */
    public boolean readsAllLimits() {
        return buildkitMinor >= 17;
    }

    /** Whether garbage collection is on by default, so that the worker has rules to tell. */
    public boolean collectsByDefault() {
        return api.atLeast(50);
    }

    public boolean containerdImageStore() {
        return major() >= 29;
    }

    /** Engines 25.0 to 28.1 panic when asked at API 1.42 or 1.43 for the build cache alone. */
    public boolean panicsOnOldApi() {
        return major() >= 25 && !api.atLeast(50);
    }

    public boolean untilTakesTimestamps() {
        return major() >= 24;
    }

    /** Whether the first rule of garbage collection names its types as a choice; before, as one condition nothing meets. */
    public boolean collectsSourcesFirst() {
        return api.atLeast(55);
    }

    /** Errors of requests at an API below 1.24 are plain text; 26.1 answers JSON there. */
    public boolean plainErrorsOnAncientApi() {
        return major() != 26;
    }
}
