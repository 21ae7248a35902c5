package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView.EngineCount;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build to be stored, whichever way it came. Of those with a ref there is one for each builder, of those without one for each content.
 *
 * @param contentHash of an uploaded log; null: from history
 * @param stepsReadAt null: its steps are not known
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

    /** Context and Dockerfile. */
    long transferredBytes() {
        return bytes(StepKind.TRANSFER);
    }

    /** Base images. */
    long pulledBytes() {
        return bytes(StepKind.FROM);
    }

    private long bytes(StepKind kind) {
        return steps.stream()
                .filter(step -> step.kind() == kind)
                .mapToLong(BuildStep::transferredBytes)
                .sum();
    }

    /** Whether it can be told what it was, from its steps and those of the build before it. */
    boolean comparable() {
        return stepsReadAt != null && !steps.isEmpty() && state.comparable();
    }
}
