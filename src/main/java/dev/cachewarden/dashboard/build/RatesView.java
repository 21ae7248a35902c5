package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.HitRates.Rate;
import dev.cachewarden.analytics.steps.ClassSizes.ClassSize;
import dev.cachewarden.build.analysis.HitRate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hit rates by a grouping, as a page shows them.
 *
 * @param what head of the column of groups
 * @param tabs tabs with the available groupings
 * @param rows groups with the most lookups, most first
 * @param groups number of all groups
 * @param lines names of the first groups, which the chart shows over time
 * @param spans values of the lines, oldest first
 * @param json data of the chart
 * @param api REST URL for the same data
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

    /**
     * A tab for a grouping.
     *
     * @param current whether the page shows this grouping
     */
    record Tab(String words, String href, boolean current) {}

    /**
     * One group.
     *
     * @param note text that distinguishes groups with the same name, or null if there is no need
     * @param project project of a step, or null for other groupings
     * @param href page with the list of its builds or with the step, or null if there is none
     * @param size current cache usage of its steps, or null if it is unknown or the group is no class
     */
    record Row(
            String name,
            @Nullable String note,
            @Nullable String project,
            @Nullable String href,
            Rate rate,
            @Nullable ClassSize size) {}

    /**
     * The builds that started in a span of time.
     *
     * @param rates hit rate for each line, or null if there were no lookups
     */
    record Span(Instant from, List<@Nullable HitRate> rates) {}
}
