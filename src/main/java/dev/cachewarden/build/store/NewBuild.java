package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView.EngineCount;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build to be stored, from any source. Builds with a ref are unique for each builder, builds without one by their content.
 *
 * @param contentHash hash of an uploaded log, or null if the build is from the history of a builder
 * @param stepsReadAt time when the steps were read, or null if they are unknown
 */
public record NewBuild(
        BuildSource source,
        @Nullable BuilderId builder,
        @Nullable String ref,
        byte @Nullable [] contentHash,
        BuildOutline outline,
        BuildState state,
        @Nullable String error,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Duration duration,
        @Nullable EngineCount counted,
        List<BuildStep> steps,
        List<String> gaps,
        @Nullable Instant stepsReadAt) {

    public HitRate hitRate() {
        return HitRate.ofBuild(steps, state != BuildState.DONE);
    }

    /** Returns the size of the transferred build context and Dockerfile, in bytes. */
    long transferredBytes() {
        return bytes(StepKind.TRANSFER);
    }

    /** Returns the size of the pulled base images, in bytes. */
    long pulledBytes() {
        return bytes(StepKind.FROM);
    }

    private long bytes(StepKind kind) {
        return steps.stream()
                .filter(step -> step.kind() == kind)
                .mapToLong(BuildStep::transferredBytes)
                .sum();
    }

    /** Returns whether the scenario can be determined by comparison of the steps with those of the previous build. */
    boolean comparable() {
        return stepsReadAt != null && !steps.isEmpty() && state.comparable();
    }
}
