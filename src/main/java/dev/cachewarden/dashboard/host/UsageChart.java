package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.dashboard.fleet.TypeShare;
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
 * Usage over time, for the script that draws it and the table that shows the same numbers.
 *
 * @param range the chosen one
 * @param by what the lines stand for
 * @param samples oldest first
 * @param gap a longer time between two samples is shown as not known, not as a line
 * @param marks prunes within the range
 */
record UsageChart(
        Range range, By by, Instant from, Instant until, Duration gap, List<UsageSample> samples, List<Mark> marks) {

    /** Enough for a wide screen; more cannot be told apart. */
    static final int POINTS = 240;

    /** How far back a chart goes. */
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

    /** What the lines stand for. */
    enum By {
        STATE,
        TYPE
    }

    /**
     * Something that happened, to be marked by a vertical line.
     *
     * @param external whether it was somebody else's doing, which is written elsewhere so that the words do not cover each other
     */
    record Mark(Instant at, String words, boolean external) {}

    /**
     * One line.
     *
     * @param colour its number among the colours of series
     * @param bytes one a sample
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

    /** A sentence that says what there is to see; null where there is nothing. */
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
                ? "grown by " + last.minusOrZero(first)
                : "shrunk by " + first.minusOrZero(last);
        return "the cache has " + (last.equals(first) ? "stayed at " + last : change + " to " + last)
                + "; at most it was " + highest + ".";
    }

    /** As the script reads it; safe within a script element. */
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
