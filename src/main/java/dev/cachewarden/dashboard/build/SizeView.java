package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.build.analysis.size.SizeCurve;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.buildcache.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How large a cache should be, as the page tells it.
 *
 * @param tooThin what is lacking to tell anything; null: nothing
 * @param rows sizes in even steps, and those that are marked
 * @param marks sizes that have a meaning, the smallest first
 * @param limits what limits it today
 * @param estimate whether only a part of the contents was looked at
 * @param unsure whether hit rates hang on which records were made again
 * @param rebuildsKnown of how many of a hundred repeated uses the time of a rebuild is known; null: of all
 * @param json the curve as the chart reads it; null: there is none
 */
record SizeView(
        @Nullable String tooThin,
        List<Row> rows,
        List<Mark> marks,
        List<Limit> limits,
        boolean estimate,
        boolean unsure,
        @Nullable Long rebuildsKnown,
        @Nullable String json) {

    private static final int EACH = 10;

    /** @param what the size is; empty: one of the even steps */
    record Row(SizeCurve.Point point, String what) {}

    /**
     * One thing that limits it.
     *
     * @param does what, as the end of a sentence that begins with its name
     * @param gives what comes of it, in sentences; empty: nothing can be told
     */
    record Limit(CacheLimit limit, String does, String gives) {

        /** As a sentence begins. */
        public String who() {
            String who = limit.who();
            return Character.toUpperCase(who.charAt(0)) + who.substring(1);
        }
    }

    /**
     * A size that has a meaning.
     *
     * @param letter what marks it on the chart
     * @param beyond whether it lies so far beyond where more makes no difference that the chart ends before
     */
    record Mark(String letter, ByteSize size, String what, boolean beyond) {}

    /** @param present what the cache holds now; null: not known */
    static SizeView of(SizeReading reading, @Nullable ByteSize present, List<CacheLimit> limits, SizeWords words) {
        return switch (reading) {
            case SizeReading.TooThin thin ->
                new SizeView(
                        thin.reason(),
                        List.of(),
                        List.of(),
                        limits.stream()
                                .map(limit -> new Limit(limit, words.does(limit), ""))
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
                        .map(limit -> new Limit(limit, words.does(limit), words.gives(limit, curve)))
                        .toList(),
                curve.share() < 1,
                SizeWords.unsure(curve.at(curve.enough())),
                curve.rebuildsKnown() == 1 ? null : Long.valueOf((long) (curve.rebuildsKnown() * 100)),
                SizeJson.of(curve, marks));
    }

    private static List<Mark> marks(SizeCurve curve, @Nullable ByteSize present, List<CacheLimit> limits) {
        var whatBySize = new TreeMap<ByteSize, String>();
        curve.knee().ifPresent(knee -> tell(knee.size(), "the knee: from here on more brings less", whatBySize));
        if (present != null) {
            tell(present, "what it holds now", whatBySize);
        }
        for (var limit : limits) {
            if (limit.size() != null) {
                tell(limit.size(), limit.who() + (limit.idle() == null ? "" : " (" + limit.idle() + ")"), whatBySize);
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

    /** Of sizes that are the same only one row. */
    private static List<Row> rows(SizeCurve curve, List<Mark> marks) {
        var whatBySize = new TreeMap<ByteSize, String>();
        var points = curve.points();
        for (int i = EACH; i < points.size(); i += EACH) {
            whatBySize.put(points.get(i).size(), i == points.size() - 1 ? "more makes no difference" : "");
        }
        marks.forEach(mark -> tell(mark.size(), mark.what(), whatBySize));
        return whatBySize.entrySet().stream()
                .map(size -> new Row(curve.at(size.getKey()), size.getValue()))
                .toList();
    }

    private static void tell(ByteSize size, String what, Map<ByteSize, String> whatBySize) {
        whatBySize.merge(size, what, (one, other) -> one.isEmpty() ? other : one + "; " + other);
    }
}
