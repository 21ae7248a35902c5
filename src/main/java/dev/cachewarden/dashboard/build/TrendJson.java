package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.analytics.BuildAnalytics.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** How long builds took over time, in the form that the chart reads. */
final class TrendJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Spans without builds are left out; a line is drawn over so many of them. */
    private static final int SPANS_BRIDGED = 12;

    private TrendJson() {}

    static String of(List<Span> spans, Instant from, Instant until, Duration length) {
        var told = spans.stream().filter(span -> span.p50() != null).toList();
        var times = told.stream().map(span -> span.from().toEpochMilli()).toList();
        return JSON.writeValueAsString(Map.of(
                "unit",
                "seconds",
                "from",
                from.toEpochMilli(),
                "until",
                until.toEpochMilli(),
                "gap",
                length.toMillis() * SPANS_BRIDGED,
                "times",
                times,
                "series",
                List.of(
                        Map.of("name", "Half took at most", "colour", 1, "bytes", seconds(told, true)),
                        Map.of("name", "19 of 20 took at most", "colour", 3, "bytes", seconds(told, false)))));
    }

    private static List<Double> seconds(List<Span> spans, boolean half) {
        return spans.stream()
                .map(span -> half ? span.p50() : span.p95())
                .map(time -> time == null ? 0.0 : time.toMillis() / 1000.0)
                .toList();
    }
}
