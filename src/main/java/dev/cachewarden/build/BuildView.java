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
 * @param error error message of BuildKit, or null unless the build failed or was canceled
 * @param counted counts of BuildKit, or null for uploads and while the build runs
 * @param comparison result of the comparison with earlier builds, or null until the build is compared
 */
public record BuildView(
        BuildId id,
        Origin origin,
        BuildOutline outline,
        BuildState state,
        @Nullable String error,
        Times times,
        @Nullable EngineCount counted,
        Figures figures,
        @Nullable BuildComparison comparison) {

    /**
     * The source of a build.
     *
     * @param builder builder, or null if the log was uploaded without a host
     * @param ref ID that the builder assigned, or null for uploads
     */
    public record Origin(
            BuildSource source,
            @Nullable BuilderId builder,
            @Nullable String ref) {}

    /**
     * The times of a build.
     *
     * @param startedAt start by Cachewarden's clock, corrected if the builder reports the offset of its own clock; the time of the upload
     *     if a log contains no times
     * @param duration duration, or null while the build runs or if unknown
     */
    public record Times(
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Duration duration) {}

    /** The counts of steps that BuildKit itself reports, as {@code docker buildx history inspect} shows them. */
    public record EngineCount(int steps, int completed, int cached) {}

    /**
     * The figures over the steps of a build.
     *
     * @param steps number of steps, or 0 until the steps are read
     * @param hitRate hit rate over the steps that BuildKit looks up in the cache
     * @param transferredBytes size of the transferred build context and Dockerfile, in bytes
     * @param pulledBytes size of the pulled base images, in bytes
     * @param gaps reasons why data of the build is incomplete; empty if it is complete
     * @param stepsRead whether the steps are known
     */
    public record Figures(
            int steps, HitRate hitRate, long transferredBytes, long pulledBytes, List<String> gaps, boolean stepsRead) {
        public Figures {
            gaps = List.copyOf(gaps);
        }
    }

    /** Returns whether the scenario of this build can be determined by comparison with the previous build. */
    public boolean comparable() {
        return stepsRead() && steps() > 0 && state.comparable();
    }

    /** Returns the name of the project. */
    public String project() {
        return outline.project().name();
    }

    public BuildSource source() {
        return origin.source();
    }

    public @Nullable BuilderId builder() {
        return origin.builder();
    }

    public @Nullable String ref() {
        return origin.ref();
    }

    public Instant startedAt() {
        return times.startedAt();
    }

    public @Nullable Instant endedAt() {
        return times.endedAt();
    }

    public @Nullable Duration duration() {
        return times.duration();
    }

    public int steps() {
        return figures.steps();
    }

    public HitRate hitRate() {
        return figures.hitRate();
    }

    public long transferredBytes() {
        return figures.transferredBytes();
    }

    public long pulledBytes() {
        return figures.pulledBytes();
    }

    public List<String> gaps() {
        return figures.gaps();
    }

    public boolean stepsRead() {
        return figures.stepsRead();
    }
}
