package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.dashboard.TypeShare;
import dev.cachewarden.history.UsageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cache usage over time, for the chart script and for the table with the same figures.
 *
 * @param range selected time range
 * @param by meaning of the lines
 * @param samples samples, oldest first
 * @param gap longest time between two samples that a line connects; a longer time is shown as unknown
 * @param marks prunes within the time range
 */
record UsageChart(
        Range range, By by, Instant from, Instant until, Duration gap, List<UsageSample> samples, List<Mark> marks) {

    /** The maximum number of points. It is sufficient for a wide screen, where more points cannot be distinguished. */
    static final int POINTS = 240;

    /** The time range of a chart, up to now. */
    enum Range {
        HOUR("1h", "1 hour", Duration.ofHours(1)),
        DAY("24h", "24 hours", Duration.ofDays(1)),
        WEEK("7d", "7 days", Duration.ofDays(7)),
        MONTH("30d", "30 days", Duration.ofDays(30)),
        QUARTER("90d", "90 days", Duration.ofDays(90));

        private final String word;
        private final String label;
        private final Duration length;

        Range(String word, String label, Duration length) {
            this.word = word;
            this.label = label;
            this.length = length;
        }

        public String word() {
            return word;
        }

        public String label() {
            return label;
        }

        public Duration length() {
            return length;
        }

        static Range ofWord(String word) {
            for (var range : values()) {
                if (range.word.equals(word)) {
                    return range;
                }
            }
            return DAY;
        }
    }

    /** The meaning of the lines. */
    enum By {
        STATE,
        TYPE
    }

    /**
     * An event that the chart marks with a vertical line.
     *
     * @param external whether the event is an external prune; its label has a different position, so that labels do not overlap
     */
    record Mark(Instant at, String words, boolean external) {}

    /**
     * One line.
     *
     * @param colour number of the color among the series colors
     * @param bytes sizes in bytes, one for each sample
     */
    record Line(String name, int colour, List<Long> bytes) {
        public ByteSize size(int sample) {
            return new ByteSize(bytes.get(sample));
        }
    }

    List<Line> lines() {
        return by == By.TYPE ? byType() : byState();
    }

    private List<Line> byState() {
        return List.of(
                line("Total", 1, usage -> usage.total().size().bytes()),
                line("Reclaimable", 2, usage -> usage.reclaimable().size().bytes()),
                line("Shared with images", 3, usage -> usage.shared().size().bytes()),
                line("In use", 4, usage -> usage.inUse().size().bytes()));
    }

    private List<Line> byType() {
        var types = new TreeSet<RecordType>();
        samples.forEach(sample -> types.addAll(sample.usage().byType().keySet()));
        return types.stream()
                .map(type -> line(
                        type.name(),
                        TypeShare.series(type),
                        usage -> usage.of(type).size().bytes()))
                .toList();
    }

    private Line line(String name, int colour, ToLongFunction<CacheUsage> bytes) {
        return new Line(
                name,
                colour,
                samples.stream()
                        .map(sample -> bytes.applyAsLong(sample.usage()))
                        .toList());
    }

    /** Returns a summary of the chart as a part of a sentence, or null if there are no samples. */
    public @Nullable String summary() {
        if (samples.isEmpty()) {
            return null;
        }
        var first = samples.getFirst().usage().total().size();
        var last = samples.getLast().usage().total().size();
        var highest = samples.stream()
                .map(UsageSample::highest)
                .max(Comparator.naturalOrder())
                .orElse(last);
        var change = last.compareTo(first) >= 0
                ? "grew by " + last.minusOrZero(first)
                : "shrank by " + first.minusOrZero(last);
        return "the cache " + (last.equals(first) ? "stayed at " + last : change + " to " + last) + ". Its maximum was "
                + highest + ".";
    }

    /** Returns the chart data as JSON for the script. The text is safe within a script element. */
    String json(JsonMapper mapper) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("from", from.toEpochMilli());
        data.put("until", until.toEpochMilli());
        data.put(
                "times",
                samples.stream().map(sample -> sample.takenAt().toEpochMilli()).toList());
        data.put("gap", gap.toMillis());
        data.put("series", lines());
        data.put(
                "marks",
                marks.stream()
                        .map(mark -> Map.of(
                                "at", mark.at().toEpochMilli(), "words", mark.words(), "external", mark.external()))
                        .toList());
        return mapper.writeValueAsString(data).replace("<", "\\u003c");
    }
}
