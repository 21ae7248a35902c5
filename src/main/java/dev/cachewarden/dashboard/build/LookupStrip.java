package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.steps.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A bar chart of one step across builds, oldest first. The bar of a miss is as high as its duration; bars of hits are low. */
record LookupStrip(List<Bar> bars) {

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 40;

    /** The height of bars for hits and other steps that did not run. */
    private static final double LOW = 5;

    /** The maximum width of a bar if there are few of them. */
    private static final double WIDEST = 25;

    /** The share of its place that a bar fills. */
    private static final double FILLED = 0.8;

    /**
     * A bar of the chart.
     *
     * @param fill CSS class of its color
     */
    record Bar(String x, String y, String width, String height, String fill) {}

    /**
     * Creates the chart.
     *
     * @param lookups lookups, latest first
     */
    static LookupStrip of(List<Lookup> lookups) {
        long longest = lookups.stream()
                .map(Lookup::duration)
                .mapToLong(duration -> duration == null ? 0 : duration.toMillis())
                .max()
                .orElse(0);
        double place = Math.min(WIDEST, (double) WIDTH / Math.max(1, lookups.size()));
        return new LookupStrip(IntStream.range(0, lookups.size())
                .mapToObj(at -> bar(lookups.get(lookups.size() - 1 - at), at * place, place, longest))
                .toList());
    }

    private static Bar bar(Lookup lookup, double x, double place, long longest) {
        double height = height(lookup.duration(), longest);
        return new Bar(number(x), number(HEIGHT - height), number(place * FILLED), number(height), fill(lookup));
    }

    private static double height(@Nullable Duration duration, long longest) {
        return duration == null || longest == 0 ? LOW : LOW + (HEIGHT - LOW) * duration.toMillis() / longest;
    }

    private static String fill(Lookup lookup) {
        return lookup.cached() ? "fill-2" : lookup.why() != null ? "fill-1" : "fill-3";
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
