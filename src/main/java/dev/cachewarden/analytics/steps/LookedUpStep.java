package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import org.jspecify.annotations.Nullable;

/**
 * A step of a project, as it was last seen.
 *
 * @param identity identity of the step, which is the same across builds
 * @param platform platform of the step, or null if there is only one
 * @param stage stage of the step, or null if it is the only one or has no name
 * @param text instruction without stage and number
 * @param classReason reason for the class, as text
 * @param lastBuild latest build that contains the step
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
