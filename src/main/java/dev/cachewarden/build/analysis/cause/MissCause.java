package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.step.BuildStep;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the cache had not what a step makes. Stored by its simple name. */
public sealed interface MissCause {

    /** In words for a person, as sentences. */
    default String text() {
        return CauseWords.of(this);
    }

    /** What had changed for the build, if this was the cause for its first miss. */
    default Scenario scenario(BuildStep step) {
        return switch (this) {
            case FirstBuild first -> Scenario.FIRST;
            case NoCache forced -> Scenario.FORCED;
            case OwnTextChanged changed -> Scenario.DOCKERFILE_CHANGED;
            case StepNew added -> Scenario.DOCKERFILE_CHANGED;
            case PlaceChanged moved -> Scenario.DOCKERFILE_CHANGED;
            case SettingsChanged settings -> Scenario.DOCKERFILE_CHANGED;
            case InlineFileChanged inline -> Scenario.DOCKERFILE_CHANGED;
            case InputChanged input -> input.changed(step);
            case BaseImageChanged base -> Scenario.BASE_IMAGE_CHANGED;
            case ArgumentChanged argument -> Scenario.ARGUMENT_CHANGED;
            case PlatformChanged platform -> Scenario.PLATFORM_CHANGED;
            case TargetChanged target -> Scenario.TARGET_CHANGED;
            case RecordPruned pruned -> Scenario.CACHE_LOST;
            case NotFinishedBefore unfinished -> Scenario.RETRIED;
            case NeverCached never -> Scenario.UNCHANGED;
            case Unknown unknown -> Scenario.UNKNOWN;
        };
    }

    record FirstBuild() implements MissCause {}

    record NoCache() implements MissCause {}

    /** The instruction reads otherwise than in the build before. */
    record OwnTextChanged(String before, String now) implements MissCause {}

    record StepNew() implements MissCause {}

    /** The same instruction stands upon other steps, as when one before it was taken out. */
    record PlaceChanged(List<String> before, List<String> now) implements MissCause {

        public PlaceChanged {
            before = List.copyOf(before);
            now = List.copyOf(now);
        }
    }

    /** ENV, USER, SHELL and the like make no step, but are part of those after them. */
    record SettingsChanged() implements MissCause {}

    /** A file whose content stands in the Dockerfile. */
    record InlineFileChanged() implements MissCause {}

    /** What the step takes is not what it was, though the instruction is. */
    record InputChanged(Input input) implements MissCause {

        /** Where it takes it from. */
        public enum Input {
            CONTEXT,
            ADDRESS,
            STAGE
        }

        private Scenario changed(BuildStep step) {
            return switch (step.stepClass()) {
                case LANGUAGE_PACKAGES, SYSTEM_PACKAGES -> Scenario.DEPENDENCIES_CHANGED;
                case MODELS_AND_DATA -> Scenario.MODELS_CHANGED;
                default -> Scenario.CODE_CHANGED;
            };
        }
    }

    /**
     * Another base image than before.
     *
     * @param certain false where it is what is left: the first steps upon an image without digest missed, and nothing else explains it
     */
    record BaseImageChanged(String from, String to, boolean certain) implements MissCause {}

    /**
     * Build arguments have other values than before.
     *
     * @param names in alphabetical order
     * @param certain false where the step does not name them: they are in its environment, but so are settings nobody sees
     */
    record ArgumentChanged(List<String> names, boolean certain) implements MissCause {

        public ArgumentChanged {
            names = List.copyOf(names);
        }
    }

    /**
     * Built for a platform that the build before was not for.
     *
     * @param before empty: the builder's own, or not known
     * @param now empty: the builder's own, or not known
     */
    record PlatformChanged(List<String> before, List<String> now) implements MissCause {

        public PlatformChanged {
            before = List.copyOf(before);
            now = List.copyOf(now);
        }
    }

    /**
     * Built for a target that needs the step, which that of the build before did not.
     *
     * @param before null: the last stage
     */
    record TargetChanged(@Nullable String before, @Nullable String now) implements MissCause {}

    /**
     * Its cache record was deleted.
     *
     * @param before how long before this build it was gone
     */
    record RecordPruned(CacheLoss loss, Duration before) implements MissCause {}

    /** The build before ended before this step did, so it left no result. */
    record NotFinishedBefore() implements MissCause {}

    record NeverCached() implements MissCause {}

    /**
     * Nothing that is known explains it.
     *
     * @param known what can be said nevertheless, as sentences
     */
    record Unknown(String known) implements MissCause {}
}
