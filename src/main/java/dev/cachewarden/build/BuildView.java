package dev.cachewarden.build;

import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored build without its steps.
 *
 * @param builder builder, or null if the log was uploaded without a host
 * @param ref ID that the builder assigned, or null for uploads
 * @param error error message of BuildKit, or null unless the build failed or was canceled
 * @param startedAt start by Cachewarden's clock, corrected if the builder reports the offset of its own clock; the time of the upload if a
 *     log contains no times
 * @param duration duration, or null while the build runs or if unknown
 * @param counted counts of BuildKit, or null for uploads and while the build runs
 * @param steps number of steps, or 0 until the steps are read
 * @param hitRate hit rate over the steps that BuildKit looks up in the cache
 * @param transferredBytes size of the transferred build context and Dockerfile, in bytes
 * @param pulledBytes size of the pulled base images, in bytes
 * @param gaps reasons why data of the build is incomplete; empty if it is complete
 * @param stepsRead whether the steps are known
 * @param comparison result of the comparison with earlier builds, or null until the build is compared
 */
public record BuildView(
        BuildId id,
        BuildSource source,
        @Nullable BuilderId builder,
        @Nullable String ref,
        BuildOutline outline,
        BuildState state,
        @Nullable String error,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Duration duration,
        @Nullable EngineCount counted,
        int steps,
        HitRate hitRate,
        long transferredBytes,
        long pulledBytes,
        List<String> gaps,
        boolean stepsRead,
        @Nullable BuildComparison comparison) {

    public BuildView {
        gaps = List.copyOf(gaps);
    }

    /** The counts of steps that BuildKit itself reports, as {@code docker buildx history inspect} shows them. */
    public record EngineCount(int steps, int completed, int cached) {}

    /** Returns whether the scenario of this build can be determined by comparison with the previous build. */
    public boolean comparable() {
        return stepsRead && steps > 0 && state.comparable();
    }

    /** Returns the name of the project. */
    public String project() {
        return outline.project().name();
    }
}
