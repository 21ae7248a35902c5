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
 * How long builds took by what had changed, before and after something: a policy, a Dockerfile, a day.
 *
 * @param split when that was; null: nothing splits, and all builds count as after
 * @param rows one for each scenario of which there is a build, in the order of {@link Scenario}
 */
public record ScenarioTable(@Nullable Instant split, List<Row> rows) {

    /** Fewer builds than this tell how they went, but not how builds go. */
    private static final int ENOUGH = 3;

    /** With fewer, the tenth and ninetieth hundredths are made up between neighbours. */
    private static final int ENOUGH_FOR_PERCENTILES = 10;

    public ScenarioTable {
        rows = List.copyOf(rows);
    }

    /**
     * A build that succeeded; others took as long as they did for other reasons.
     *
     * @param wall from the beginning of its first step to the end of its last
     */
    public record Entry(Scenario scenario, Instant startedAt, Duration wall) {}

    /** How much of a group of builds the spread covers. */
    public enum Spread {
        /** From the tenth to the ninetieth hundredth. */
        P10_TO_P90,
        /** All of them: there are too few for hundredths. */
        ALL
    }

    /**
     * Builds of one scenario on one side.
     *
     * @param n how many
     * @param from the lower end of the spread
     * @param to the upper end of the spread
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
     * One scenario.
     *
     * @param before null: no build from before the split
     * @param after null: no build from after the split
     */
    public record Row(
            Scenario scenario,
            @Nullable Side before,
            @Nullable Side after) {

        /** What the split changed; empty unless there are builds on both sides. */
        public Optional<Gain> gain() {
            if (before == null || after == null) {
                return Optional.empty();
            }
            return Optional.of(new Gain(before, after));
        }
    }

    /** What became of the median. */
    public record Gain(Side before, Side after) {

        /** Negative if builds take longer. */
        public Duration time() {
            return before.median().minus(after.median());
        }

        /** Part of the time before that is saved, such as 0.94; negative if builds take longer, zero if they took none. */
        public double share() {
            long was = TimeUnit.NANOSECONDS.convert(before.median());
            return was == 0 ? 0 : (double) TimeUnit.NANOSECONDS.convert(time()) / was;
        }

        /** How many times as fast, such as 16.0; empty if builds now take no time at all. */
        public Optional<Double> times() {
            long is = TimeUnit.NANOSECONDS.convert(after.median());
            return is == 0
                    ? Optional.empty()
                    : Optional.of((double) TimeUnit.NANOSECONDS.convert(before.median()) / is);
        }

        /** Why not to rely on it, in words; empty if nothing speaks against it. */
        public Optional<String> doubt() {
            if (before.n() < ENOUGH || after.n() < ENOUGH) {
                return Optional.of("Too few builds to tell: " + before.n() + " before, " + after.n() + " after.");
            }
            boolean apart =
                    before.from().compareTo(after.to()) > 0 || after.from().compareTo(before.to()) > 0;
            return apart ? Optional.empty() : Optional.of("Builds before and after took times that overlap.");
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
