package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.BuildAnalytics.Span;
import dev.cachewarden.build.analysis.ContextGrowth.Sent;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.dashboard.build.AnalyticsModel.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The JSON form of builds over time for the chart. */
final class TrendJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The maximum number of spans that a line bridges. Spans without builds are left out. */
    private static final int SPANS_BRIDGED = 12;

    /** The number of mark labels that have room next to each other on a phone. */
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
     * Returns the durations of builds.
     *
     * @param length length of a span
     */
    static String of(List<Span> spans, Range range, Duration length, Marks marks) {
        var measured = spans.stream().filter(span -> span.p50() != null).toList();
        return new TrendJson("seconds", range, bridged(length), from(measured))
                .line(
                        "Median",
                        1,
                        measured.stream().map(span -> seconds(span.p50())).toList())
                .line(
                        "p95",
                        3,
                        measured.stream().map(span -> seconds(span.p95())).toList())
                .marked(marks, range)
                .written();
    }

    /** Returns the hit rates in percent. */
    static String rates(List<Span> spans, Range range, Duration length, Marks marks) {
        var measured =
                spans.stream().filter(span -> span.hitRate().lookups() > 0).toList();
        return new TrendJson("percent", range, bridged(length), from(measured))
                .line(
                        "Hit rate",
                        2,
                        measured.stream().map(span -> percent(span.hitRate())).toList())
                .marked(marks, range)
                .written();
    }

    /** Returns the hit rates of several groups in percent. Each group can have spans without lookups. */
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

    /** Returns the context transfers of builds. The line bridges any time without builds. */
    static String sent(List<Sent> sent, Range range) {
        return new TrendJson(
                        "bytes",
                        range,
                        range.length(),
                        sent.stream().map(Sent::at).toList())
                .line("Context transfer", 1, sent.stream().map(Sent::bytes).toList())
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

    /** Returns the JSON for a script element. It escapes {@code <}, so that no name can end the element. */
    private String written() {
        json.put("series", series);
        return JSON.writeValueAsString(json).replace("<", "\\u003c");
    }

    /**
     * Returns the marks with their numbers as labels. The list below the chart contains their texts. Marks of policies appear at the other
     * edge.
     */
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
