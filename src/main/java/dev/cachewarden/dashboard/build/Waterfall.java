package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.progress.VertexState;
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
 * The steps of a build along its time.
 *
 * @param timed whether the times of steps are known
 * @param length what the whole width stands for
 */
record Waterfall(List<Row> rows, boolean timed, Duration length) {

    private static final int WIDTH = 1_000;

    /** Narrower ones could not be seen. */
    private static final double NARROWEST = 3;

    /**
     * A step.
     *
     * @param x and width of its bar, of {@value #WIDTH}; null: its times are not known
     * @param took how long it took, or takes already; null: not known
     * @param critical whether the build would have been shorter without it
     * @param first whether it is the first that missed
     */
    record Row(
            BuildStep step,
            @Nullable String x,
            @Nullable String width,
            @Nullable Duration took,
            boolean critical,
            boolean first) {

        /** The class of its bar. */
        public String fill() {
            return step.cached() ? "fill-2" : step.cacheable() ? "fill-1" : "fill-3";
        }

        /** Whether there is more to show than the line. */
        public boolean more() {
            return !step.log().isBlank() || step.error() != null;
        }
    }

    /**
     * @param critical numbers of the steps on the critical path
     * @param now up to when steps that run are drawn; null: the build does not run
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
        var verdict = build.verdict();
        int first =
                verdict == null || verdict.miss() == null ? -1 : verdict.miss().step();
        var rows = new ArrayList<Row>();
        for (var step : steps) {
            var completed = step.state() == VertexState.RUNNING ? now : step.completedAt();
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
     * Up to when steps of a build that runs are drawn. A log that is sent may be an old one: then up to where it has come.
     *
     * @param silence how long one may say nothing
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
        return step.state() == VertexState.RUNNING && now != null && started != null && started.isBefore(now)
                ? Duration.between(started, now)
                : step.duration();
    }

    private static String scaled(Duration part, Duration whole, double least) {
        double share = (double) WIDTH * TimeUnit.NANOSECONDS.convert(part) / TimeUnit.NANOSECONDS.convert(whole);
        return String.format(Locale.ROOT, "%.1f", Math.clamp(Math.max(share, least), 0, WIDTH));
    }
}
