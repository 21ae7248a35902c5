package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.analysis.ContextGrowth.Sent;
import dev.cachewarden.build.analytics.BuildAnalytics.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Builds over time, in the form that the chart reads. */
final class TrendJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Spans without builds are left out; a line is drawn over so many of them. */
    private static final int SPANS_BRIDGED = 12;

    private TrendJson() {}

    /** How long they took. */
    static String of(List<Span> spans, Instant from, Instant until, Duration length) {
        var told = spans.stream().filter(span -> span.p50() != null).toList();
        return json(
                "seconds",
                from,
                until,
                length.multipliedBy(SPANS_BRIDGED),
                told.stream().map(Span::from).toList(),
                series(
                        "Half took at most",
                        1,
                        told.stream().map(span -> seconds(span.p50())).toList()),
                series(
                        "19 of 20 took at most",
                        3,
                        told.stream().map(span -> seconds(span.p95())).toList()));
    }

    /** How often the cache had what they looked for, in hundredths. */
    static String rates(List<Span> spans, Instant from, Instant until, Duration length) {
        var told = spans.stream().filter(span -> span.hitRate().lookups() > 0).toList();
        return json(
                "percent",
                from,
                until,
                length.multipliedBy(SPANS_BRIDGED),
                told.stream().map(Span::from).toList(),
                series(
                        "Hit rate",
                        2,
                        told.stream()
                                .map(span -> 100 * span.hitRate().share().orElse(0))
                                .toList()));
    }

    /** What each of them sent. A line is drawn over any time without builds. */
    static String sent(List<Sent> sent, Instant from, Instant until) {
        return json(
                "bytes",
                from,
                until,
                Duration.between(from, until),
                sent.stream().map(Sent::at).toList(),
                series("Sent to the builder", 1, sent.stream().map(Sent::bytes).toList()));
    }

    @SafeVarargs
    private static String json(
            String unit,
            Instant from,
            Instant until,
            Duration gap,
            List<Instant> times,
            Map<String, Object>... series) {
        var json = new LinkedHashMap<String, Object>();
        json.put("unit", unit);
        json.put("from", from.toEpochMilli());
        json.put("until", until.toEpochMilli());
        json.put("gap", gap.toMillis());
        json.put("times", times.stream().map(Instant::toEpochMilli).toList());
        json.put("series", List.of(series));
        return JSON.writeValueAsString(json);
    }

    private static Map<String, Object> series(String name, int colour, List<? extends Number> values) {
        return Map.of("name", name, "colour", colour, "bytes", values);
    }

    private static double seconds(@Nullable Duration time) {
        return time == null ? 0 : time.toMillis() / 1000.0;
    }
}
