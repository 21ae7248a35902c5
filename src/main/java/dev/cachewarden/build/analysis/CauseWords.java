package dev.cachewarden.build.analysis;

import dev.cachewarden.build.analysis.MissCause.InputChanged.Input;
import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The descriptions of causes for users, as sentences. */
final class CauseWords {

    private CauseWords() {}

    static String of(MissCause cause) {
        return switch (cause) {
            case MissCause.FirstBuild first -> "No build like it is known from before.";
            case MissCause.NoCache forced -> "The build was told to use no cache.";
            case MissCause.OwnTextChanged changed -> "The instruction changed. Before it was: " + changed.before();
            case MissCause.StepNew added -> "The instruction is new.";
            case MissCause.PlaceChanged moved ->
                "It builds upon something else. Before: " + steps(moved.before()) + ". Now: " + steps(moved.now())
                        + ".";
            case MissCause.SettingsChanged settings ->
                "The instruction reads as before, but what applies to it changed: an ENV, USER, SHELL or other setting before it,"
                        + " or a mount.";
            case MissCause.InlineFileChanged inline -> "The file whose content stands in the Dockerfile changed.";
            case MissCause.InputChanged input -> taken(input.input());
            case MissCause.BaseImageChanged base -> base(base);
            case MissCause.ArgumentChanged argument -> argument(argument);
            case MissCause.PlatformChanged platform ->
                "It is for " + platforms(platform.now()) + "; the build before was for " + platforms(platform.before())
                        + ".";
            case MissCause.TargetChanged target ->
                "The target " + target(target.now()) + " needs it; the build before, of " + target(target.before())
                        + ", did not.";
            case MissCause.RecordPruned pruned -> pruned(pruned);
            case MissCause.NotFinishedBefore unfinished -> "The build before did not come to the end of this step.";
            case MissCause.NeverCached never ->
                "It ran in the build before, too, upon the same steps: it seems that its result is never kept.";
            case MissCause.Unknown unknown -> unknown.known();
        };
    }

    private static String steps(List<String> steps) {
        return steps.isEmpty() ? "nothing" : String.join(", ", steps);
    }

    private static String taken(Input from) {
        return switch (from) {
            case CONTEXT -> "Files that it takes from the build context changed.";
            case ADDRESS -> "What it fetches from its address changed.";
            case STAGE -> "What it takes from another stage or image changed.";
        };
    }

    private static String base(MissCause.BaseImageChanged base) {
        if (!base.from().equals(base.to())) {
            return "The base image is " + base.to() + ", and was " + base.from() + ".";
        }
        return base.certain()
                ? "Behind " + base.to() + " there is another base image than before."
                : "Behind " + base.to()
                        + " there seems to be another base image than before: what stands right upon it was not in the"
                        + " cache, and nothing else is known to have changed or gone.";
    }

    private static String argument(MissCause.ArgumentChanged argument) {
        boolean one = argument.names().size() == 1;
        return (one ? "The build argument " : "The build arguments ")
                + String.join(", ", argument.names())
                + (one ? " has another value than before" : " have other values than before")
                + (argument.certain() ? "." : ", and nothing else is known to have changed.");
    }

    private static String platforms(List<String> platforms) {
        return platforms.isEmpty() ? "the builder's own platform" : String.join(", ", platforms);
    }

    private static String target(@Nullable String target) {
        return target == null ? "the last stage" : target;
    }

    private static String pruned(MissCause.RecordPruned pruned) {
        var before = shortened(pruned.before());
        String when = before.isZero() ? "just before." : Durations.format(before) + " before.";
        return switch (pruned.loss()) {
            case CacheLoss.ByRun run -> "Its cache record was deleted by run " + run.runId() + ", " + when;
            case CacheLoss.ByOthers others -> "Its cache record was deleted by the builder itself or by hand, " + when;
        };
    }

    private static Duration shortened(Duration exact) {
        boolean hours = exact.compareTo(Duration.ofHours(1)) >= 0;
        return exact.truncatedTo(hours ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
    }
}
