package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.analysis.ContextGrowth.Sent;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analytics.BuildAnalytics.Span;
import dev.cachewarden.dashboard.build.AnalyticsModel.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** So many labels of marks have room beside each other on a phone. */
    private static final int LABELS_BESIDE = 16;

    private final Map<String, Object> json = new LinkedHashMap<>();
    private final List<Map<String, Object>> series = new ArrayList<>();

    private TrendJson(String unit, Range range, Duration gap, List<Instant> times) {
        json.put("unit", unit);
        json.put("from", range.from().toEpochMilli());
        json.put("until", range.until().toEpochMilli());
        json.put("gap", gap.toMillis());
        json.put("times", times.stream().map(Instant::toEpochMilli).toList());
    }

    /**
     * How long they took.
     *
     * @param length of a span
     */
    static String of(List<Span> spans, Range range, Duration length, Marks marks) {
        var told = spans.stream().filter(span -> span.p50() != null).toList();
        return new TrendJson("seconds", range, bridged(length), from(told))
                .line(
                        "Half took at most",
                        1,
                        told.stream().map(span -> seconds(span.p50())).toList())
                .line(
                        "19 of 20 took at most",
                        3,
                        told.stream().map(span -> seconds(span.p95())).toList())
                .marked(marks, range)
                .written();
    }

    /** How often the cache had what they looked for, in hundredths. */
    static String rates(List<Span> spans, Range range, Duration length, Marks marks) {
        var told = spans.stream().filter(span -> span.hitRate().lookups() > 0).toList();
        return new TrendJson("percent", range, bridged(length), from(told))
                .line(
                        "Hit rate",
                        2,
                        told.stream().map(span -> percent(span.hitRate())).toList())
                .marked(marks, range)
                .written();
    }

    /** The same of several, of which each may have looked for nothing in a span. */
    static String lines(List<String> names, List<RatesView.Span> spans, Range range, Duration length) {
        var chart = new TrendJson(
                "percent",
                range,
                bridged(length),
                spans.stream().map(RatesView.Span::from).toList());
        chart.json.put("sparse", true);
        for (int i = 0; i < names.size(); i++) {
            var values = new ArrayList<@Nullable Double>();
            for (var span : spans) {
                values.add(percent(span.rates().get(i)));
            }
            chart.line(names.get(i), i + 1, values);
        }
        return chart.written();
    }

    /** What each of them sent. A line is drawn over any time without builds. */
    static String sent(List<Sent> sent, Range range) {
        return new TrendJson(
                        "bytes",
                        range,
                        range.length(),
                        sent.stream().map(Sent::at).toList())
                .line("Sent to the builder", 1, sent.stream().map(Sent::bytes).toList())
                .written();
    }

    private TrendJson line(String name, int colour, List<? extends @Nullable Number> values) {
        series.add(Map.of("name", name, "colour", colour, "bytes", values));
        return this;
    }

    private TrendJson marked(Marks marks, Range range) {
        json.put("marks", marks(marks, range.length().dividedBy(LABELS_BESIDE)));
        return this;
    }

    /** As it stands in a script element, which no name may end. */
    private String written() {
        json.put("series", series);
        return JSON.writeValueAsString(json).replace("<", "\\u003c");
    }

    /** By numbers: the words stand in the list below the chart. Those of policies are written at its other edge. */
    private static List<Map<String, Object>> marks(Marks marks, Duration close) {
        var labels = marks.labels(close);
        var written = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < labels.size(); i++) {
            var mark = marks.shown().get(i);
            written.add(Map.of("at", mark.at().toEpochMilli(), "words", labels.get(i), "external", mark.ofPolicy()));
        }
        return written;
    }

    private static Duration bridged(Duration length) {
        return length.multipliedBy(SPANS_BRIDGED);
    }

    private static List<Instant> from(List<Span> spans) {
        return spans.stream().map(Span::from).toList();
    }

    private static double seconds(@Nullable Duration time) {
        return time == null ? 0 : time.toMillis() / 1000.0;
    }

    private static @Nullable Double percent(@Nullable HitRate rate) {
        return rate == null || rate.lookups() == 0 ? null : 100.0 * rate.hits() / rate.lookups();
    }
}
