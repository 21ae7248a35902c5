package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.SizeCurve;
import dev.cachewarden.analytics.SizeReading;
import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.buildcache.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The hit rate by cache size, as a page shows it.
 *
 * @param insufficientData description of the missing data, or null if there is enough
 * @param rows sizes in even steps, and marked sizes
 * @param marks notable sizes, smallest first
 * @param limits limits that apply to the cache today
 * @param estimate whether only a sample of the contents was analyzed
 * @param unsure whether hit rates depend on which records were created again
 * @param rebuildsKnown percentage of reuses with a known rebuild time, or null if all are known
 * @param json data of the chart, or null if there is no chart
 */
record SizeView(
        @Nullable String insufficientData,
        List<Row> rows,
        List<Mark> marks,
        List<Limit> limits,
        boolean estimate,
        boolean unsure,
        @Nullable Long rebuildsKnown,
        @Nullable String json) {

    private static final int EACH = 10;

    /**
     * A row of the table.
     *
     * @param what meaning of the size; empty for one of the even steps
     */
    record Row(SizeCurve.Point point, String what) {}

    /**
     * A limit of the cache.
     *
     * @param does effect of the limit, as the end of a sentence that starts with its name
     * @param gives result of the limit, as sentences; empty if there is no curve
     */
    record Limit(CacheLimit limit, String does, String gives) {

        /** Returns the name of the limit for the start of a sentence. */
        public String who() {
            String who = limit.who();
            return Character.toUpperCase(who.charAt(0)) + who.substring(1);
        }
    }

    /**
     * A notable size.
     *
     * @param letter letter that marks the size on the chart
     * @param what meaning of the size
     * @param beyond whether the chart ends before this size, because more makes no difference long before it
     */
    record Mark(String letter, ByteSize size, String what, boolean beyond) {}

    /**
     * Creates the view.
     *
     * @param present current size of the cache, or null if unknown
     */
    static SizeView of(SizeReading reading, @Nullable ByteSize present, List<CacheLimit> limits, SizeWords words) {
        return switch (reading) {
            case SizeReading.InsufficientData thin ->
                new SizeView(
                        thin.reason(),
                        List.of(),
                        List.of(),
                        limits.stream()
                                .map(limit -> new Limit(limit, words.describeLimit(limit), ""))
                                .toList(),
                        false,
                        false,
                        null,
                        null);
            case SizeReading.Read read -> of(read.curve(), marks(read.curve(), present, limits), limits, words);
        };
    }

    private static SizeView of(SizeCurve curve, List<Mark> marks, List<CacheLimit> limits, SizeWords words) {
        return new SizeView(
                null,
                rows(curve, marks),
                marks,
                limits.stream()
                        .map(limit -> new Limit(limit, words.describeLimit(limit), words.describeResult(limit, curve)))
                        .toList(),
                curve.share() < 1,
                SizeWords.unsure(curve.at(curve.enough())),
                curve.rebuildsKnown() == 1 ? null : Long.valueOf((long) (curve.rebuildsKnown() * 100)),
                SizeJson.of(curve, marks));
    }

    private static List<Mark> marks(SizeCurve curve, @Nullable ByteSize present, List<CacheLimit> limits) {
        var whatBySize = new TreeMap<ByteSize, String>();
        curve.knee().ifPresent(knee -> addLabel(knee.size(), "knee: more space has less effect from here", whatBySize));
        if (present != null) {
            addLabel(present, "current usage", whatBySize);
        }
        for (var limit : limits) {
            if (limit.size() != null) {
                addLabel(
                        limit.size(),
                        limit.who() + (limit.idle() == null ? "" : " (" + limit.idle() + ")"),
                        whatBySize);
            }
        }
        var letter = new AtomicInteger('A');
        return whatBySize.entrySet().stream()
                .map(mark -> new Mark(
                        Character.toString(letter.getAndIncrement()),
                        mark.getKey(),
                        mark.getValue(),
                        mark.getKey().bytes() / 2 > curve.enough().bytes()))
                .toList();
    }

    /** Returns the rows, one for each distinct size. */
    private static List<Row> rows(SizeCurve curve, List<Mark> marks) {
        var whatBySize = new TreeMap<ByteSize, String>();
        var points = curve.points();
        for (int i = EACH; i < points.size(); i += EACH) {
            whatBySize.put(points.get(i).size(), i == points.size() - 1 ? "more space makes no difference" : "");
        }
        marks.forEach(mark -> addLabel(mark.size(), mark.what(), whatBySize));
        return whatBySize.entrySet().stream()
                .map(size -> new Row(curve.at(size.getKey()), size.getValue()))
                .toList();
    }

    private static void addLabel(ByteSize size, String what, Map<ByteSize, String> whatBySize) {
        whatBySize.merge(size, what, (one, other) -> one.isEmpty() ? other : one + "; " + other);
    }
}
