package dev.cachewarden.dashboard.host;

import dev.cachewarden.dashboard.host.UsageChart.By;
import dev.cachewarden.dashboard.host.UsageChart.Mark;
import dev.cachewarden.dashboard.host.UsageChart.Range;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.run.ExternalPrunes;
import dev.cachewarden.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A factory for usage charts of hosts, with the prunes that explain decreases. */
@Component
class UsageCharts {

    /** The maximum number of marks of each kind. More marks would hide the lines. */
    private static final int MOST_MARKS = 50;

    private final UsageHistory history;
    private final Runs runs;
    private final ExternalPrunes externals;
    private final InstantSource clock;

    UsageCharts(UsageHistory history, Runs runs, ExternalPrunes externals, InstantSource clock) {
        this.history = history;
        this.runs = runs;
        this.externals = externals;
        this.clock = clock;
    }

    UsageChart of(WatchedHost host, Range range, By by) {
        var until = clock.instant();
        var from = until.minus(range.length());
        if (host.builders().isEmpty()) {
            return new UsageChart(range, by, from, until, gap(host, List.of()), List.of(), List.of());
        }
        var builder = host.builders().getFirst().id();
        var samples = history.series(builder, from, until.plusSeconds(1), UsageChart.POINTS);
        return new UsageChart(
                range,
                by,
                begin(builder, from, until, samples),
                until,
                gap(host, samples),
                samples,
                marks(builder, from));
    }

    /** Returns the start of the chart. For a new host it is the first sample, so that most of the chart is not empty. */
    private Instant begin(BuilderId builder, Instant from, Instant until, List<UsageSample> samples) {
        if (samples.isEmpty()) {
            return from;
        }
        var first = samples.getFirst().takenAt();
        boolean late = Duration.between(from, first)
                        .compareTo(Duration.between(from, until).dividedBy(20))
                > 0;
        return late && history.series(builder, Instant.EPOCH, from, 1).isEmpty() ? first : from;
    }

    private List<Mark> marks(BuilderId builder, Instant from) {
        var ours = runs.list(new Runs.RunFilter(Set.of(), builder, null), null, MOST_MARKS).items().stream()
                .filter(run ->
                        run.course().endedAt() != null && run.result().deleted().records() > 0)
                .map(run -> new Mark(
                        run.course().endedAt() == null ? from : run.course().endedAt(),
                        "Pruned " + run.result().deleted().size(),
                        false));
        var others = externals.list(builder, null, MOST_MARKS).items().stream()
                .map(prune -> new Mark(prune.at(), "External: " + prune.gone().size(), true));
        return Stream.concat(ours, others)
                .filter(mark -> !mark.at().isBefore(from))
                .toList();
    }

    private static Duration gap(WatchedHost host, List<UsageSample> samples) {
        var span = samples.stream()
                .map(UsageSample::span)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        // A roll-up represents its time span, and the samples of a long time range have larger intervals than readings.
        var between = samples.size() < 2
                ? Duration.ZERO
                : Duration.between(
                                samples.getFirst().takenAt(), samples.getLast().takenAt())
                        .dividedBy(samples.size() - 1L);
        return UsageHistory.staleAfter(host.pollInterval())
                .plus(span.multipliedBy(2))
                .plus(between.multipliedBy(2));
    }
}
