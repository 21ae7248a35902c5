package dev.cachewarden.build.steps;

import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a build, in a form for users.
 *
 * @param number number from 1 in reading order: by start time; steps that started together, and steps of a log without times, are in
 *     the order of the Dockerfile
 * @param vertex ID of the BuildKit vertex
 * @param name name as BuildKit shows it
 * @param classified purpose of the step for the author of the Dockerfile, with the reason in words
 * @param inputs numbers of the steps that this step depends on, ascending. Plain logs contain no dependencies. If a log contains none
 *     at all, they are derived from names: the previous step in the stage, and the context or stage that the step copies from.
 * @param transferredBytes amount of data that the step downloaded or received, in bytes
 */
public record BuildStep(
        int number,
        String vertex,
        String name,
        Instruction instruction,
        StepRules.Classified classified,
        VertexState state,
        Times times,
        List<Integer> inputs,
        long transferredBytes,
        Output output) {

    public BuildStep {
        inputs = List.copyOf(inputs);
    }

    /**
     * The work of a step.
     *
     * @param kind kind of instruction, or of work that BuildKit did in addition to the instructions
     * @param platform platform such as {@code linux/arm64}, or null if there is only one
     * @param stage name of the stage, such as {@code stage-1} for a stage without a name; null if there is only one stage, or if the step
     *     belongs to no stage
     * @param text instruction without stage and number
     * @param identity identity, which is the same for the same step across builds, even if its number changes: 16 hexadecimal digits
     *     computed from the platform, the stage, the normalized text, and the position among equal steps
     */
    public record Instruction(
            StepKind kind,
            @Nullable String platform,
            @Nullable String stage,
            String text,
            String identity) {}

    /**
     * The times of a step, by the same clock as the times of the build.
     *
     * @param startedAt start, or null if the log does not contain it
     * @param completedAt end, or null if the log does not contain it
     * @param duration duration, or null if unknown
     */
    public record Times(
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable Duration duration) {}

    /**
     * The output of a step.
     *
     * @param error error, or null unless the step failed or was canceled
     * @param log end of the output
     * @param logCut whether the output was longer than {@code log}
     */
    public record Output(@Nullable String error, String log, boolean logCut) {}

    /** Returns this step, classified by the given rules. */
    public BuildStep classedBy(StepRules rules) {
        var other = rules.classify(kind(), text());
        return other.equals(classified)
                ? this
                : new BuildStep(
                        number, vertex, name, instruction, other, state, times, inputs, transferredBytes, output);
    }

    public StepKind kind() {
        return instruction.kind();
    }

    public @Nullable String platform() {
        return instruction.platform();
    }

    public @Nullable String stage() {
        return instruction.stage();
    }

    public String text() {
        return instruction.text();
    }

    public String identity() {
        return instruction.identity();
    }

    public StepClass stepClass() {
        return classified.stepClass();
    }

    public String classReason() {
        return classified.why();
    }

    public @Nullable Instant startedAt() {
        return times.startedAt();
    }

    public @Nullable Instant completedAt() {
        return times.completedAt();
    }

    public @Nullable Duration duration() {
        return times.duration();
    }

    public @Nullable String error() {
        return output.error();
    }

    public String log() {
        return output.log();
    }

    public boolean logCut() {
        return output.logCut();
    }

    /** Returns whether BuildKit looks up the result in the cache. This is the case for instructions that create something. */
    public boolean cacheable() {
        return kind().cacheable();
    }

    public boolean running() {
        return state == VertexState.RUNNING;
    }

    public boolean cached() {
        return state == VertexState.CACHED;
    }
}
