package dev.cachewarden.engine.docker;

import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Failures;
import dev.cachewarden.host.HostProblem;
import java.util.regex.Pattern;

/** A version of the Engine HTTP API, such as 1.51. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** The oldest supported version, of Engine 19.03: the first with {@code HEAD /_ping} and {@code /grpc}. */
    static final ApiVersion OLDEST = new ApiVersion(1, 40);

    /** The newest supported version, of Engine 29.6. */
    static final ApiVersion NEWEST = new ApiVersion(1, 55);

    /** The first version whose {@code /system/df} can return the build cache alone. */
    static final ApiVersion DF_BY_TYPE = new ApiVersion(1, 42);

    /** The first version whose {@code /system/df} has {@code verbose} and returns the records in {@code BuildCacheUsage}. */
    static final ApiVersion DF_VERBOSE = new ApiVersion(1, 52);

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /**
     * Parses a version.
     *
     * @throws IllegalArgumentException if the text is not a version
     */
    public static ApiVersion parse(String text) {
        var matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a version of the Engine API");
        }
        return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Returns the newest version that both sides support.
     *
     * <p>Engines 25.0 to 28.1 panic on a request for the build cache alone at 1.42 or 1.43 (moby/moby, fixed in 28.2.0). All these engines
     * support 1.44 or later. So the highest common version is never one of those two.
     *
     * @throws EngineUnreachableException if there is no common version
     */
    static ApiVersion negotiate(VersionAnswer engine, Failures failures) {
        if (engine.newest().compareTo(OLDEST) < 0) {
            throw unsupported(
                    failures.who() + " is Docker Engine " + engine.engineVersion()
                            + ", which supports Engine API up to "
                            + engine.newest() + ". Cachewarden requires Engine API " + OLDEST
                            + " (Docker Engine 19.03) or newer",
                    failures);
        }
        if (engine.oldest().compareTo(NEWEST) > 0) {
            throw unsupported(
                    failures.who() + " is Docker Engine " + engine.engineVersion() + ", which requires Engine API "
                            + engine.oldest() + " or newer. This Cachewarden supports versions up to " + NEWEST
                            + ". Update Cachewarden",
                    failures);
        }
        return engine.newest().compareTo(NEWEST) < 0 ? engine.newest() : NEWEST;
    }

    private static EngineUnreachableException unsupported(String message, Failures failures) {
        return failures.problem(HostProblem.Cause.UNSUPPORTED_VERSION, message, null);
    }

    /**
     * Returns true if {@code /system/df} can return the build cache alone. Earlier versions also compute the usage of images and
     * containers.
     */
    public boolean readsBuildCacheAlone() {
        return compareTo(DF_BY_TYPE) >= 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
