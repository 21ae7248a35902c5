package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.steps.ClassSizes;
import dev.cachewarden.analytics.steps.HeldRecord;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.Saved;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The texts for builds and their steps; {@code @buildWords} in templates. */
@Component
class BuildWords {

    public String of(BuildState state) {
        return switch (state) {
            case RUNNING -> "Running";
            case DONE -> "Done";
            case FAILED -> "Failed";
            case CANCELED -> "Canceled";
            case LOST -> "Unknown";
        };
    }

    public String of(Scenario scenario) {
        return sentence(scenario.name());
    }

    public String of(StepClass stepClass) {
        return sentence(stepClass.name());
    }

    public String of(StepKind kind) {
        return switch (kind) {
            case RUN, COPY, ADD, WORKDIR, FROM -> kind.name();
            default -> sentence(kind.name());
        };
    }

    public String of(WorkKind kind) {
        return switch (kind) {
            case TRANSFER -> "Local file transfer";
            case PULL -> "Image pull";
            case EXEC -> "Execution";
            case FILES -> "File operation";
            case EXPORT -> "Result export";
            case CACHE_IMPORT -> "Cache import";
            case CACHE_EXPORT -> "Cache export";
            case METADATA -> "Registry metadata";
            case OTHER -> "BuildKit internal";
        };
    }

    /** Returns the evidence that links a record to a step, as a sentence. */
    public String of(HeldRecord held) {
        String several = held.candidates() > 1 ? ", the newest of " + held.candidates() : "";
        return switch (held.ground()) {
            case CREATED_BY_STEP -> "This step created the record.";
            case PARENT_OF_NEXT -> "The record of the next step depends on this record.";
            case USED_BY_BUILD -> "This build was the last to use the record.";
            case EXISTED_BEFORE ->
                "The record existed before this build" + several
                        + ". The build may have used another record with the same instruction.";
            case SAME_INSTRUCTION ->
                "The record has the same instruction" + several
                        + ". It is unknown whether this build created or used it.";
        };
    }

    /** Returns the doubt about a record in two or three words, or an empty text if the record is certain. */
    public String doubt(HeldRecord held) {
        return switch (held.ground()) {
            case CREATED_BY_STEP, PARENT_OF_NEXT, USED_BY_BUILD -> "";
            case EXISTED_BEFORE -> held.candidates() > 1 ? "newest of " + held.candidates() : "likely";
            case SAME_INSTRUCTION -> "same instruction";
        };
    }

    /** Returns the number of steps with a known record, such as {@code 4 of 9 steps}, or an empty text if all are known. */
    public String known(ClassSizes.@Nullable ClassSize size) {
        return size == null || size.known() == size.steps() ? "" : size.known() + " of " + size.steps() + " steps";
    }

    public String of(ProjectName.Known known) {
        return switch (known) {
            case GIVEN -> "from the uploaded log";
            case BUILD_NAME -> "from BUILDKIT_BUILD_NAME";
            case REPOSITORY -> "from the repository";
            case COMPOSE -> "from Compose";
            case IMAGE -> "from the image name";
            case DOCKERFILE -> "from the Dockerfile, because no better name was reported";
        };
    }

    /** Returns the hit rate, such as {@code 83% (10 of 12)}, or a text for no lookups. */
    public String of(HitRate rate) {
        return rate.lookups() == 0
                ? "no cache lookups"
                : share(rate) + " (" + rate.hits() + " of " + rate.lookups() + ")";
    }

    /** Returns {@code 83%}, or {@code Unknown} if the steps of the build are unknown or there were no lookups. */
    public String hitRate(BuildView build) {
        if (build.hitRate().lookups() == 0) {
            return "Unknown";
        }
        return share(build.hitRate()) + (build.state() == BuildState.RUNNING ? " so far" : "");
    }

    public String of(BuildOrder order) {
        return switch (order) {
            case LATEST -> "Latest first";
            case OLDEST -> "Oldest first";
            case LONGEST -> "Longest first";
            case SHORTEST -> "Shortest first";
            case HIGHEST_HIT_RATE -> "Highest hit rate first";
            case LOWEST_HIT_RATE -> "Lowest hit rate first";
        };
    }

    public String share(HitRate rate) {
        return rate.lookups() == 0 ? "–" : Math.round(100.0 * rate.hits() / rate.lookups()) + "%";
    }

    /** Returns the hit rate from 0 to 100, for the width of a bar. */
    public String width(HitRate rate) {
        return String.format(Locale.ROOT, "%.1f", rate.lookups() == 0 ? 0 : 100.0 * rate.hits() / rate.lookups());
    }

    /** Returns the share of a part in the whole from 0 to 100, for the width of a bar. */
    public String width(Duration part, Duration whole) {
        double share =
                whole.isZero() ? 0 : 100.0 * TimeUnit.NANOSECONDS.convert(part) / TimeUnit.NANOSECONDS.convert(whole);
        return String.format(Locale.ROOT, "%.1f", Math.clamp(share, 0, 100));
    }

    /** Returns a duration and its share, such as {@code 3 min 5 s (40%)}. */
    public String part(Duration part, Duration whole) {
        return time(part)
                + (whole.isZero()
                        ? ""
                        : " ("
                                + Math.round(100.0
                                        * TimeUnit.NANOSECONDS.convert(part)
                                        / TimeUnit.NANOSECONDS.convert(whole))
                                + "%)");
    }

    /** Returns a duration as text, or {@code Unknown} for null: {@code 12.3 s}, {@code 2 min 3 s}. */
    public String time(@Nullable Duration time) {
        return time == null ? "Unknown" : Durations.rounded(time);
    }

    /**
     * Returns the time that cache misses took: {@code None} if nothing missed, {@code Unknown} if no missed step has a duration.
     *
     * @param missed the summed durations of missed steps
     */
    public String missCost(Duration missed, HitRate rate) {
        if (rate.lookups() == 0 || rate.hits() == rate.lookups()) {
            return "None";
        }
        return missed.isZero() ? "Unknown" : time(missed);
    }

    /** Returns the median, the count, and the spread, such as {@code 12.3 s (4 builds, 11.0 s to 14.2 s)}. */
    public String sample(ScenarioTable.@Nullable Side side) {
        if (side == null) {
            return "–";
        }
        return side.n() == 1
                ? time(side.median()) + " (1 build)"
                : time(side.median()) + " (" + side.n() + " builds, " + time(side.from()) + " to " + time(side.to())
                        + ")";
    }

    /** Returns the change, such as {@code 40% less}, with the reason to doubt it, if there is one. */
    public String gain(ScenarioTable.Row row) {
        return row.gain()
                .map(gain -> {
                    long percent = Math.round(100 * gain.share());
                    String change = percent >= 0 ? percent + "% less" : -percent + "% more";
                    return gain.doubt().map(doubt -> change + ". " + doubt).orElse(change);
                })
                .orElse("No comparison");
    }

    /** Returns the method of estimating the time saved. */
    public String howSaved() {
        return Saved.METHOD;
    }

    private static String sentence(String name) {
        String words = name.toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
