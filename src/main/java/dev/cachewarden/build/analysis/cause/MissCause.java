package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the cache had not what a step makes. */
public sealed interface MissCause {

    /** In words for a person, as sentences. */
    String text();

    /** What had changed for the build, if this was the cause for its first miss. */
    Scenario scenario(BuildStep step);

    record FirstBuild() implements MissCause {

        @Override
        public String text() {
            return "No build like it is known from before.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.FIRST;
        }
    }

    record NoCache() implements MissCause {

        @Override
        public String text() {
            return "The build was told to use no cache.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.FORCED;
        }
    }

    /** The instruction reads otherwise than in the build before. */
    record OwnTextChanged(String before, String now) implements MissCause {

        @Override
        public String text() {
            return "The instruction changed. Before it was: " + before;
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.DOCKERFILE_CHANGED;
        }
    }

    record StepNew() implements MissCause {

        @Override
        public String text() {
            return "The instruction is new.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.DOCKERFILE_CHANGED;
        }
    }

    /** The same instruction stands upon other steps, as when one before it was taken out. */
    record PlaceChanged(List<String> before, List<String> now) implements MissCause {

        public PlaceChanged {
            before = List.copyOf(before);
            now = List.copyOf(now);
        }

        @Override
        public String text() {
            return "It builds upon something else. Before: " + shown(before) + ". Now: " + shown(now) + ".";
        }

        private static String shown(List<String> steps) {
            return steps.isEmpty() ? "nothing" : String.join(", ", steps);
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.DOCKERFILE_CHANGED;
        }
    }

    /** ENV, USER, SHELL and the like make no step, but are part of those after them. */
    record SettingsChanged() implements MissCause {

        @Override
        public String text() {
            return "The instruction reads as before, but what applies to it changed: an ENV, USER, SHELL or other setting before it,"
                    + " or a mount.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.DOCKERFILE_CHANGED;
        }
    }

    /** A file whose content stands in the Dockerfile. */
    record InlineFileChanged() implements MissCause {

        @Override
        public String text() {
            return "The file whose content stands in the Dockerfile changed.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.DOCKERFILE_CHANGED;
        }
    }

    /** What the step takes is not what it was, though the instruction is. */
    record InputChanged(Input input) implements MissCause {

        /** Where it takes it from. */
        public enum Input {
            CONTEXT("Files that it takes from the build context changed."),
            ADDRESS("What it fetches from its address changed."),
            STAGE("What it takes from another stage or image changed.");

            private final String text;

            Input(String text) {
                this.text = text;
            }
        }

        @Override
        public String text() {
            return input.text;
        }

        @Override
        public Scenario scenario(BuildStep step) {
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
    record BaseImageChanged(String from, String to, boolean certain) implements MissCause {

        @Override
        public String text() {
            if (!from.equals(to)) {
                return "The base image is " + to + ", and was " + from + ".";
            }
            return certain
                    ? "Behind " + to + " there is another base image than before."
                    : "Behind " + to
                            + " there seems to be another base image than before: what stands right upon it was not in the"
                            + " cache, and nothing else is known to have changed or gone.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.BASE_IMAGE_CHANGED;
        }
    }

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

        @Override
        public String text() {
            return (names.size() == 1 ? "The build argument " : "The build arguments ")
                    + String.join(", ", names)
                    + (names.size() == 1 ? " has another value than before" : " have other values than before")
                    + (certain ? "." : ", and nothing else is known to have changed.");
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.ARGUMENT_CHANGED;
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

        @Override
        public String text() {
            return "It is for " + shown(now) + "; the build before was for " + shown(before) + ".";
        }

        private static String shown(List<String> platforms) {
            return platforms.isEmpty() ? "the builder's own platform" : String.join(", ", platforms);
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.PLATFORM_CHANGED;
        }
    }

    /** @param before null: the last stage */
    record TargetChanged(@Nullable String before, @Nullable String now) implements MissCause {

        @Override
        public String text() {
            return "The target " + shown(now) + " needs it; the build before, of " + shown(before) + ", did not.";
        }

        private static String shown(@Nullable String target) {
            return target == null ? "the last stage" : target;
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.TARGET_CHANGED;
        }
    }

    /** @param before how long before this build it was gone */
    record RecordPruned(CacheLoss loss, Duration before) implements MissCause {

        @Override
        public String text() {
            String when = Durations.format(shortened(before)) + " before.";
            return switch (loss) {
                case CacheLoss.ByRun run -> "Its cache record was deleted by run " + run.runId() + ", " + when;
                case CacheLoss.ByOthers others ->
                    "Its cache record was deleted by the builder itself or by hand, " + when;
            };
        }

        private static Duration shortened(Duration exact) {
            boolean hours = exact.compareTo(Duration.ofHours(1)) >= 0;
            return exact.truncatedTo(hours ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.CACHE_LOST;
        }
    }

    /** The build before ended before this step did, so it left no result. */
    record NotFinishedBefore() implements MissCause {

        @Override
        public String text() {
            return "The build before did not come to the end of this step.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.RETRIED;
        }
    }

    record NeverCached() implements MissCause {

        @Override
        public String text() {
            return "It ran in the build before, too, upon the same steps: it seems that its result is never kept.";
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.UNCHANGED;
        }
    }

    /** @param known what can be said nevertheless, as sentences */
    record Unknown(String known) implements MissCause {

        @Override
        public String text() {
            return known;
        }

        @Override
        public Scenario scenario(BuildStep step) {
            return Scenario.UNKNOWN;
        }
    }
}
