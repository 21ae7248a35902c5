package dev.cachewarden.build.analysis;

import dev.cachewarden.build.analysis.MissCause.InputChanged.Input;
import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The descriptions of causes for users, as sentences. */
final class MissCauseText {

    private MissCauseText() {}

    static String of(MissCause cause) {
        return switch (cause) {
            case MissCause.FirstBuild first -> "No comparable earlier build is known.";
            case MissCause.NoCache forced -> "The build ran with --no-cache.";
            case MissCause.OwnTextChanged changed -> "The instruction changed. Previously: " + changed.before();
            case MissCause.StepNew added -> "The instruction is new.";
            case MissCause.PlaceChanged moved ->
                "The step depends on different steps. Previously: " + steps(moved.before()) + ". Now: "
                        + steps(moved.now()) + ".";
            case MissCause.SettingsChanged settings ->
                "The instruction is unchanged, but a mount or an earlier setting changed, such as ENV, USER, or SHELL.";
            case MissCause.InlineFileChanged inline -> "The content of an inline file in the Dockerfile changed.";
            case MissCause.InputChanged input -> taken(input.input());
            case MissCause.BaseImageChanged base -> base(base);
            case MissCause.ArgumentChanged argument -> argument(argument);
            case MissCause.RecordPruned pruned -> pruned(pruned);
            case MissCause.NotFinishedBefore unfinished -> "The previous build ended before this step finished.";
            case MissCause.NeverCached never ->
                "The step also ran in the previous build with the same inputs. Its result is probably never cached.";
            case MissCause.Unknown unknown -> unknown.known();
        };
    }

    private static String steps(List<String> steps) {
        return steps.isEmpty() ? "none" : String.join(", ", steps);
    }

    private static String taken(Input from) {
        return switch (from) {
            case CONTEXT -> "Files from the build context changed.";
            case ADDRESS -> "The content at the URL changed.";
            case STAGE -> "The input from another stage or image changed.";
        };
    }

    private static String base(MissCause.BaseImageChanged base) {
        if (!base.from().equals(base.to())) {
            return "The base image changed from " + base.from() + " to " + base.to() + ".";
        }
        return base.certain()
                ? "The tag " + base.to() + " now points to a different base image."
                : "The tag " + base.to()
                        + " probably points to a different base image. The first steps on it missed the cache, and"
                        + " no other change or deletion is known.";
    }

    private static String argument(MissCause.ArgumentChanged argument) {
        boolean one = argument.names().size() == 1;
        return (one ? "The value of build argument " : "The values of build arguments ")
                + String.join(", ", argument.names())
                + (argument.certain() ? " changed." : " changed. No other change is known.");
    }

    private static String pruned(MissCause.RecordPruned pruned) {
        var before = shortened(pruned.before());
        String when = (before.isZero() ? "just" : Durations.text(before)) + " before this build.";
        return switch (pruned.loss()) {
            case CacheLoss.ByRun run -> "Run " + run.runId() + " deleted the cache record " + when;
            case CacheLoss.ByOthers others ->
                "Garbage collection or an external prune deleted the cache record " + when;
        };
    }

    private static Duration shortened(Duration exact) {
        boolean hours = exact.compareTo(Duration.ofHours(1)) >= 0;
        return exact.truncatedTo(hours ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
    }
}
