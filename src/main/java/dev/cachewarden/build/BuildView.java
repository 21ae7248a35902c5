package dev.cachewarden.build;

import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build as it is stored, without its steps.
 *
 * @param builder null: uploaded without a host
 * @param ref the builder's own id of it; null: uploaded
 * @param error as BuildKit put it; null unless it failed or was cancelled
 * @param startedAt by our clock, as far as the builder tells how its own differs, or when its log was sent where that has no times
 * @param duration null while it runs, and where it is not known
 * @param counted BuildKit's own counts; null for uploads, and while it runs
 * @param steps how many; zero as long as they are not read
 * @param hitRate over the steps that BuildKit looks for in the cache
 * @param transferredBytes of the context and the Dockerfile
 * @param pulledBytes of base images
 * @param gaps why it is not known whole; empty if it is
 * @param stepsRead whether its steps are known
 * @param verdict null as long as it is not compared with earlier ones
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
        @Nullable Verdict verdict) {

    public BuildView {
        gaps = List.copyOf(gaps);
    }

    /** How BuildKit itself counts the steps of a build, as {@code docker buildx history inspect} shows it. */
    public record EngineCount(int steps, int completed, int cached) {}

    /** Whether it can be told what it was, by the one before it. */
    public boolean comparable() {
        return stepsRead && steps > 0 && state.comparable();
    }

    /** Its project's name. */
    public String project() {
        return outline.project().name();
    }
}
