package dev.cachewarden.build.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The duration of builds by scenario, before and after an event such as a policy change, a Dockerfile change, or a date.
 *
 * @param split time of the event, or null if there is none; then all builds count as after
 * @param rows one row for each scenario with builds, in the order of {@link Scenario}
 */
public record ScenarioTable(@Nullable Instant split, List<Row> rows) {

    /** The minimum number of builds on each side for a conclusion. Fewer builds may be exceptions. */
    private static final int ENOUGH = 3;

    /** The minimum number of builds for p10 and p90. With fewer builds these percentiles are only interpolated between neighbors. */
    private static final int ENOUGH_FOR_PERCENTILES = 10;

    public ScenarioTable {
        rows = List.copyOf(rows);
    }

    /**
     * A successful build. The durations of other builds have other reasons.
     *
     * @param wall real time from the start of the first step to the end of the last
     */
    public record Entry(Scenario scenario, Instant startedAt, Duration wall) {}

    /** The part of a group of builds that the spread covers. */
    public enum Spread {
        /** The builds from p10 to p90. */
        P10_TO_P90,
        /** All builds, because there are too few for percentiles. */
        ALL
    }

    /**
     * The builds of one scenario on one side of the split.
     *
     * @param n number of builds
     * @param from lower end of the spread
     * @param to upper end of the spread
     */
    public record Side(int n, Duration median, Duration from, Duration to, Spread spread) {

        static Side of(List<Duration> walls) {
            var sorted = Quantiles.sorted(walls);
            boolean many = sorted.size() >= ENOUGH_FOR_PERCENTILES;
            return new Side(
                    sorted.size(),
                    Quantiles.of(sorted, 0.5),
                    many ? Quantiles.of(sorted, 0.1) : sorted.getFirst(),
                    many ? Quantiles.of(sorted, 0.9) : sorted.getLast(),
                    many ? Spread.P10_TO_P90 : Spread.ALL);
        }
    }

    /**
     * The durations for one scenario.
     *
     * @param before builds before the split, or null if there are none
     * @param after builds after the split, or null if there are none
     */
    public record Row(
            Scenario scenario,
            @Nullable Side before,
            @Nullable Side after) {

        /** Returns the change at the split, or empty unless there are builds on both sides. */
        public Optional<Gain> gain() {
            if (before == null || after == null) {
                return Optional.empty();
            }
            return Optional.of(new Gain(before, after));
        }
    }

    /** The change of the median duration at the split. */
    public record Gain(Side before, Side after) {

        /** Returns the time saved per build. It is negative if builds take longer. */
        public Duration time() {
            return before.median().minus(after.median());
        }

        /**
         * Returns the saved share of the previous duration, such as 0.94. It is negative if builds take longer, and 0 if they took no time
         * before.
         */
        public double share() {
            long was = TimeUnit.NANOSECONDS.convert(before.median());
            return was == 0 ? 0 : (double) TimeUnit.NANOSECONDS.convert(time()) / was;
        }

        /** Returns the speedup as a factor, such as 16.0, or empty if builds now take no time. */
        public Optional<Double> times() {
            long is = TimeUnit.NANOSECONDS.convert(after.median());
            return is == 0
                    ? Optional.empty()
                    : Optional.of((double) TimeUnit.NANOSECONDS.convert(before.median()) / is);
        }

        /** Returns a sentence that explains why the change is not reliable, or empty if there is no such reason. */
        public Optional<String> doubt() {
            if (before.n() < ENOUGH || after.n() < ENOUGH) {
                return Optional.of(
                        "Too few builds for a comparison: " + before.n() + " before, " + after.n() + " after.");
            }
            boolean apart =
                    before.from().compareTo(after.to()) > 0 || after.from().compareTo(before.to()) > 0;
            return apart ? Optional.empty() : Optional.of("The durations before and after overlap.");
        }
    }

    public static ScenarioTable of(List<Entry> builds, @Nullable Instant split) {
        Map<Scenario, List<Duration>> before = new EnumMap<>(Scenario.class);
        Map<Scenario, List<Duration>> after = new EnumMap<>(Scenario.class);
        for (var build : builds) {
            var side = split != null && build.startedAt().isBefore(split) ? before : after;
            side.computeIfAbsent(build.scenario(), any -> new ArrayList<>()).add(build.wall());
        }
        List<Row> rows = new ArrayList<>();
        for (var scenario : Scenario.values()) {
            if (before.containsKey(scenario) || after.containsKey(scenario)) {
                rows.add(new Row(scenario, side(before.get(scenario)), side(after.get(scenario))));
            }
        }
        return new ScenarioTable(split, rows);
    }

    private static @Nullable Side side(@Nullable List<Duration> walls) {
        return walls == null ? null : Side.of(walls);
    }
}
