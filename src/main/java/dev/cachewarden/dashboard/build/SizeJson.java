package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.SizeCurve;
import dev.cachewarden.analytics.SizeCurve.Point;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** The JSON form of a size curve for the chart. */
final class SizeJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SizeJson() {}

    /** Returns the curve as JSON. Rebuild times are in seconds per day, and left out if unknown. */
    static String of(SizeCurve curve, List<SizeView.Mark> marks) {
        var points = curve.points();
        var json = new LinkedHashMap<String, Object>();
        json.put("sizes", points.stream().map(point -> point.size().bytes()).toList());
        json.put("hits", points.stream().map(point -> 100 * point.hitRate()).toList());
        if (points.stream().anyMatch(SizeWords::unsure)) {
            json.put(
                    "least",
                    points.stream().map(point -> 100 * point.leastHitRate()).toList());
        }
        var rebuilds = points.stream()
                .map(Point::rebuildADay)
                .filter(Objects::nonNull)
                .map(Duration::toSeconds)
                .toList();
        if (!rebuilds.isEmpty()) {
            json.put("rebuilds", rebuilds);
        }
        json.put(
                "marks",
                marks.stream()
                        .filter(mark -> !mark.beyond())
                        .map(mark -> Map.of("size", mark.size().bytes(), "letter", mark.letter()))
                        .toList());
        return JSON.writeValueAsString(json);
    }
}
