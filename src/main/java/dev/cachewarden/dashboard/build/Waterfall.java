package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a build on a time axis.
 *
 * @param timed whether the times of steps are known
 * @param length duration that the whole width represents
 */
record Waterfall(List<Row> rows, boolean timed, Duration length) {

    private static final int WIDTH = 1_000;

    /** The minimum width of a visible bar. */
    private static final double NARROWEST = 3;

    /**
     * A step on the time axis.
     *
     * @param x start of its bar, of {@value #WIDTH}, or null if its times are unknown
     * @param width width of its bar, of {@value #WIDTH}, or null if its times are unknown
     * @param took duration of the step so far, or null if unknown
     * @param critical whether the step is on the critical path
     * @param first whether the step is the first miss
     */
    record Row(
            BuildStep step,
            @Nullable String x,
            @Nullable String width,
            @Nullable Duration took,
            boolean critical,
            boolean first) {

        /** Returns the CSS class of the bar. */
        public String fill() {
            return step.cached() ? "fill-2" : step.cacheable() ? "fill-1" : "fill-3";
        }

        /** Returns whether there are details besides the row, such as a log or an error. */
        public boolean more() {
            return !step.log().isBlank() || step.error() != null;
        }
    }

    /**
     * Creates the waterfall of a build.
     *
     * @param critical numbers of the steps on the critical path
     * @param now end of the bars of running steps, or null if the build is not running
     */
    static Waterfall of(BuildView build, List<BuildStep> steps, Set<Integer> critical, @Nullable Instant now) {
        var begin = steps.stream()
                .map(BuildStep::startedAt)
                .filter(time -> time != null)
                .min(Instant::compareTo)
                .orElse(null);
        var end = Stream.concat(Stream.ofNullable(now), steps.stream().map(BuildStep::completedAt))
                .filter(time -> time != null)
                .max(Instant::compareTo)
                .orElse(null);
        boolean timed = begin != null && end != null && end.isAfter(begin);
        var length = begin != null && end != null && timed ? Duration.between(begin, end) : Duration.ZERO;
        var comparison = build.comparison();
        int first = comparison == null || comparison.miss() == null
                ? -1
                : comparison.miss().step();
        var rows = new ArrayList<Row>();
        for (var step : steps) {
            var completed = step.running() ? now : step.completedAt();
            boolean drawn = timed && step.startedAt() != null && completed != null;
            rows.add(new Row(
                    step,
                    drawn && begin != null ? scaled(Duration.between(begin, step.startedAt()), length, 0) : null,
                    drawn ? scaled(Duration.between(step.startedAt(), completed), length, NARROWEST) : null,
                    took(step, now),
                    critical.contains(step.number()),
                    step.number() == first));
        }
        return new Waterfall(rows, timed, length);
    }

    /**
     * Returns the end of the bars of running steps. An uploaded log can be old. If its latest time is older than {@code silence}, the bars
     * end there.
     *
     * @param silence maximum time without an update from a build
     */
    static Instant until(BuildSource source, List<BuildStep> steps, Duration silence, Instant now) {
        return source == BuildSource.HISTORY
                ? now
                : steps.stream()
                        .flatMap(step -> Stream.concat(
                                Stream.ofNullable(step.startedAt()), Stream.ofNullable(step.completedAt())))
                        .max(Instant::compareTo)
                        .filter(last -> last.plus(silence).isBefore(now))
                        .orElse(now);
    }

    private static @Nullable Duration took(BuildStep step, @Nullable Instant now) {
        var started = step.startedAt();
        return step.running() && now != null && started != null && started.isBefore(now)
                ? Duration.between(started, now)
                : step.duration();
    }

    private static String scaled(Duration part, Duration whole, double least) {
        double share = (double) WIDTH * TimeUnit.NANOSECONDS.convert(part) / TimeUnit.NANOSECONDS.convert(whole);
        return String.format(Locale.ROOT, "%.1f", Math.clamp(Math.max(share, least), 0, WIDTH));
    }
}
