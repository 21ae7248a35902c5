package dev.cachewarden.build.lookup;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.build.step.StepKind;
import org.jspecify.annotations.Nullable;

/**
 * A step of a project, as it was last seen.
 *
 * @param identity the same for the same step over builds
 * @param platform null: the only one
 * @param stage null: the only one, or without a name
 * @param text the instruction without stage and number
 * @param classReason why it is of this class, in words
 * @param lastBuild the latest build that has it
 */
public record LookedUpStep(
        String project,
        String identity,
        StepKind kind,
        @Nullable String platform,
        @Nullable String stage,
        String text,
        StepClass stepClass,
        String classReason,
        BuildId lastBuild) {}
