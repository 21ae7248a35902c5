package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analytics.rate.HitRates.Rate;
import dev.cachewarden.build.held.ClassSizes.ClassSize;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hit rates told apart by something.
 *
 * @param what they are told apart by, as the head of a column
 * @param tabs to tell them apart by something else
 * @param rows those with the most lookups first
 * @param groups how many there are in all
 * @param lines names of the first of them, which are drawn over time
 * @param spans the numbers of the lines, oldest first
 * @param json what the chart reads
 * @param api the same over REST
 */
record RatesView(
        String what,
        List<Tab> tabs,
        List<Row> rows,
        int groups,
        List<String> lines,
        List<Span> spans,
        String json,
        String api) {

    /** @param current whether it is the one that is shown */
    record Tab(String words, String href, boolean current) {}

    /**
     * One group.
     *
     * @param note what tells it from others of its name; null: nothing is needed
     * @param project of a step; null with all others
     * @param href where its builds are listed, or the step is told; null: there is no such page
     * @param size what its steps fill now; null: not known, or it is no class
     */
    record Row(
            String name,
            @Nullable String note,
            @Nullable String project,
            @Nullable String href,
            Rate rate,
            @Nullable ClassSize size) {}

    /**
     * Builds that started in a span of time.
     *
     * @param rates one for each line; null: nothing was looked up
     */
    record Span(Instant from, List<@Nullable HitRate> rates) {}
}
