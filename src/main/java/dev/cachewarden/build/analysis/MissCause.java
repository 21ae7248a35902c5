package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.util.List;

/** The reason a step missed the cache. */
public sealed interface MissCause {

    /** The code of a cause, as stored and as in responses. */
    enum Kind {
        FIRST_BUILD,
        NO_CACHE,
        OWN_TEXT_CHANGED,
        STEP_NEW,
        PLACE_CHANGED,
        SETTINGS_CHANGED,
        INLINE_FILE_CHANGED,
        INPUT_CHANGED,
        BASE_IMAGE_CHANGED,
        ARGUMENT_CHANGED,
        RECORD_PRUNED,
        NOT_FINISHED_BEFORE,
        NEVER_CACHED,
        UNKNOWN
    }

    default Kind kind() {
        return switch (this) {
            case FirstBuild first -> Kind.FIRST_BUILD;
            case NoCache forced -> Kind.NO_CACHE;
            case OwnTextChanged changed -> Kind.OWN_TEXT_CHANGED;
            case StepNew added -> Kind.STEP_NEW;
            case PlaceChanged moved -> Kind.PLACE_CHANGED;
            case SettingsChanged settings -> Kind.SETTINGS_CHANGED;
            case InlineFileChanged inline -> Kind.INLINE_FILE_CHANGED;
            case InputChanged input -> Kind.INPUT_CHANGED;
            case BaseImageChanged base -> Kind.BASE_IMAGE_CHANGED;
            case ArgumentChanged argument -> Kind.ARGUMENT_CHANGED;
            case RecordPruned pruned -> Kind.RECORD_PRUNED;
            case NotFinishedBefore unfinished -> Kind.NOT_FINISHED_BEFORE;
            case NeverCached never -> Kind.NEVER_CACHED;
            case Unknown unknown -> Kind.UNKNOWN;
        };
    }

    /** Returns a description for users, as sentences. */
    default String text() {
        return MissCauseText.of(this);
    }

    /** Returns the scenario of a build whose first miss has this cause. */
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
            case RecordPruned pruned -> Scenario.CACHE_LOST;
            case NotFinishedBefore unfinished -> Scenario.RETRIED;
            case NeverCached never -> Scenario.UNCHANGED;
            case Unknown unknown -> Scenario.UNKNOWN;
        };
    }

    record FirstBuild() implements MissCause {}

    record NoCache() implements MissCause {}

    /** The text of the instruction changed since the previous build. */
    record OwnTextChanged(String before, String now) implements MissCause {}

    record StepNew() implements MissCause {}

    /** The same instruction follows different steps, for example because a step before it was removed. */
    record PlaceChanged(List<String> before, List<String> now) implements MissCause {

        public PlaceChanged {
            before = List.copyOf(before);
            now = List.copyOf(now);
        }
    }

    /** A setting such as ENV, USER, or SHELL changed. Settings create no step, but they are part of the steps after them. */
    record SettingsChanged() implements MissCause {}

    /** A file whose content is inline in the Dockerfile changed. */
    record InlineFileChanged() implements MissCause {}

    /** The input of the step changed, although the instruction did not. */
    record InputChanged(Input input) implements MissCause {

        /** The source of an input. */
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
     * The base image changed.
     *
     * @param certain false if only this explanation remains: the first steps on an image without a digest missed, and nothing else explains
     *     it
     */
    record BaseImageChanged(String from, String to, boolean certain) implements MissCause {}

    /**
     * The values of build arguments changed.
     *
     * @param names names of the arguments in alphabetical order
     * @param certain false if the step does not name them: they are in its environment, but so are settings that logs do not show
     */
    record ArgumentChanged(List<String> names, boolean certain) implements MissCause {

        public ArgumentChanged {
            names = List.copyOf(names);
        }
    }

    /**
     * The cache record of the step was deleted.
     *
     * @param before time from the deletion to the start of this build
     */
    record RecordPruned(CacheLoss loss, Duration before) implements MissCause {}

    /** The previous build ended before this step did, so the step left no result. */
    record NotFinishedBefore() implements MissCause {}

    record NeverCached() implements MissCause {}

    /**
     * The known data does not explain the miss.
     *
     * @param known facts that are known nevertheless, as sentences
     */
    record Unknown(String known) implements MissCause {}
}
