package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A summary of a build in a few lines, as the wrapper script prints them.
 *
 * @param address URL of this service; empty if unknown, so that links are paths
 */
record UploadWords(Builds builds, String address) {

    /** Returns the summary: hit rate and duration compared with the previous build, the scenario, and the link to the build. */
    String of(BuildId id) {
        var build = builds.find(id).orElseThrow();
        var lines = new StringBuilder();
        lines.append(build.project())
                .append(": ")
                .append(state(build.state()))
                .append(rate(build.hitRate()))
                .append(time(build.duration()));
        var before = before(build);
        if (before != null) {
            lines.append(" (previous: ")
                    .append(share(before.hitRate()))
                    .append(time(before.duration()))
                    .append(")");
        }
        var comparison = build.comparison();
        if (comparison != null) {
            lines.append('\n').append(comparison.reason());
            if (comparison.miss() != null) {
                lines.append("\nfirst miss: ").append(comparison.miss().text());
            }
            if (comparison.saved() != null && comparison.saved().isPositive()) {
                lines.append("\ntime saved by the cache, estimated").append(time(comparison.saved()));
            }
        }
        return lines.append('\n').append(address).append("/builds/").append(id).toString();
    }

    /**
     * Returns the build that this build was compared with. Start times cannot identify it: two builds can start within the same second, and
     * scripts report times only in seconds.
     */
    private @Nullable BuildView before(BuildView build) {
        var comparison = build.comparison();
        var before = comparison == null ? null : comparison.comparedWith();
        return before == null ? null : builds.find(before).orElse(null);
    }

    private static String state(BuildState state) {
        return switch (state) {
            case RUNNING -> "running, ";
            case DONE -> "";
            case FAILED -> "failed, ";
            case CANCELED -> "canceled, ";
            case LOST -> "incomplete log, ";
        };
    }

    private static String rate(HitRate rate) {
        return rate.lookups() == 0
                ? "no cache lookups"
                : "hit rate " + share(rate) + " (" + rate.hits() + " of " + rate.lookups() + ")";
    }

    private static String share(HitRate rate) {
        return rate.lookups() == 0 ? "–" : Math.round(100.0 * rate.hits() / rate.lookups()) + "%";
    }

    private static String time(@Nullable Duration time) {
        return time == null ? "" : ", " + Durations.rounded(time);
    }
}
