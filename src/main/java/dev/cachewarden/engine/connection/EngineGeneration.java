package dev.cachewarden.engine.connection;

import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of an engine, which determines the features of the embedded BuildKit.
 *
 * @param minor minor version, such as 10 for 20.10
 */
record EngineGeneration(int major, int minor, int patch) implements Comparable<EngineGeneration> {

    private static final Pattern WRITTEN = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");

    /** The BuildKit version vendored since each release, from moby's vendor files. */
    private static final TreeMap<EngineGeneration, String> BUILDKIT = new TreeMap<>(Map.ofEntries(
            Map.entry(of(18, 9), "v0.3"),
            Map.entry(of(19, 3), "v0.6"),
            Map.entry(of(20, 10), "v0.8"),
            Map.entry(of(23, 0), "v0.10"),
            Map.entry(of(24, 0), "v0.11"),
            Map.entry(of(25, 0), "v0.12"),
            Map.entry(of(26, 0), "v0.13"),
            Map.entry(of(27, 0), "v0.14"),
            Map.entry(of(27, 2), "v0.15"),
            Map.entry(new EngineGeneration(27, 3, 1), "v0.16"),
            Map.entry(of(27, 4), "v0.17"),
            Map.entry(of(27, 5), "v0.18"),
            Map.entry(of(28, 0), "v0.20"),
            Map.entry(of(28, 1), "v0.21"),
            Map.entry(of(28, 2), "v0.22"),
            Map.entry(of(28, 3), "v0.23"),
            Map.entry(of(28, 4), "v0.24"),
            Map.entry(of(28, 5), "v0.25"),
            Map.entry(of(29, 1), "v0.26"),
            Map.entry(of(29, 2), "v0.27"),
            Map.entry(of(29, 3), "v0.28"),
            Map.entry(of(29, 4), "v0.29"),
            Map.entry(of(29, 5), "v0.30"),
            Map.entry(of(29, 6), "v0.31"),
            Map.entry(of(29, 7), "v0.32")));

    static EngineGeneration of(int major, int minor) {
        return new EngineGeneration(major, minor, 0);
    }

    /** Parses a version, or returns null for builds without a number, such as {@code dev}. */
    static @Nullable EngineGeneration parse(String engineVersion) {
        var matcher = WRITTEN.matcher(engineVersion.strip());
        if (!matcher.matches()) {
            return null;
        }
        String patch = matcher.group(3);
        return new EngineGeneration(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    /** Returns the major and minor version of the embedded BuildKit, or null if unknown. */
    @Nullable
    String buildkit() {
        // The BuildKit version of later major versions is unknown.
        if (major > BUILDKIT.lastKey().major()) {
            return null;
        }
        var entry = BUILDKIT.floorEntry(this);
        return entry == null ? null : entry.getValue();
    }

    /**
     * Returns how builds use BuildKit.
     *
     * @param builder the header {@code Builder-Version}, a recommendation to clients: 2 for BuildKit, 1 for the classic builder
     */
    static BuildKitUse buildKitUse(
            @Nullable EngineGeneration engine, @Nullable String builder, @Nullable String osType) {
        if ("windows".equals(osType) || (engine != null && engine.compareTo(of(18, 9)) < 0)) {
            return BuildKitUse.NONE;
        }
        if ("1".equals(builder)) {
            return BuildKitUse.DISABLED;
        }
        if ("2".equals(builder)) {
            return BuildKitUse.DEFAULT;
        }
        return engine != null && engine.compareTo(of(23, 0)) < 0 ? BuildKitUse.ON_REQUEST : BuildKitUse.DEFAULT;
    }

    /** Returns true if this version is between two versions, both inclusive. */
    boolean between(EngineGeneration first, EngineGeneration last) {
        return compareTo(first) >= 0 && compareTo(last) <= 0;
    }

    @Override
    public int compareTo(EngineGeneration other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = Integer.compare(minor, other.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }
}
