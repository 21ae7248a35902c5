package dev.cachewarden.build.step;

import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a build as a person reads it.
 *
 * @param number from 1, in the order in which a person would read them: as they began, and as they stand in the Dockerfile where they
 *     began together or the log has no times
 * @param vertex id of BuildKit's vertex
 * @param name as BuildKit showed it
 * @param kind what sort of instruction it is, or what BuildKit did around them
 * @param platform such as {@code linux/arm64}; null: the only one
 * @param stage name of its stage, {@code stage-1} where it has none but a number; null: the only stage, or no step of a stage
 * @param text the instruction without stage and number
 * @param identity the same for the same step over builds, though its number moves: 16 hexadecimal digits of platform, stage, normalised text
 *     and which of several equal ones it is
 * @param stepClass what it does for the person who wrote it
 * @param classReason why it is of this class, in words
 * @param startedAt by the clock of its build's times; null where the log does not tell
 * @param completedAt by the same clock; null where the log does not tell
 * @param duration how long it ran; null where that is not known
 * @param inputs numbers of the steps it depends on, ascending. Where a log tells of none at all, as plain ones, those that names give
 *     away: the step before it in its stage, the context or stage it copies from
 * @param transferredBytes what it downloaded or was sent
 * @param error null unless it failed or was cancelled
 * @param log the end of what it printed
 * @param logCut whether it printed more
 */
public record BuildStep(
        int number,
        String vertex,
        String name,
        StepKind kind,
        @Nullable String platform,
        @Nullable String stage,
        String text,
        String identity,
        StepClass stepClass,
        String classReason,
        VertexState state,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Duration duration,
        List<Integer> inputs,
        long transferredBytes,
        @Nullable String error,
        String log,
        boolean logCut) {

    public BuildStep {
        inputs = List.copyOf(inputs);
    }

    /** The same step, classed by these rules. */
    public BuildStep classedBy(StepRules rules) {
        var classified = rules.classify(kind, text);
        if (classified.stepClass() == stepClass && classified.why().equals(classReason)) {
            return this;
        }
        return new BuildStep(
                number,
                vertex,
                name,
                kind,
                platform,
                stage,
                text,
                identity,
                classified.stepClass(),
                classified.why(),
                state,
                startedAt,
                completedAt,
                duration,
                inputs,
                transferredBytes,
                error,
                log,
                logCut);
    }

    /** Whether BuildKit looks for its result in the cache: an instruction that makes something. */
    public boolean cacheable() {
        return kind.cacheable();
    }

    public boolean cached() {
        return state == VertexState.CACHED;
    }
}
