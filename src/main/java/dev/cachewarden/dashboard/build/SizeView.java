package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.analysis.size.SizeCurve;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.buildcache.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How large a cache should be, as the page tells it.
 *
 * @param tooThin what is lacking to tell anything; null: nothing
 * @param rows sizes in even steps, the knee and the present size among them
 * @param estimate whether only a part of the contents was looked at
 * @param rebuildsKnown of how many of a hundred repeated uses the time of a rebuild is known; null: of all
 */
record SizeView(
        @Nullable String tooThin,
        List<Row> rows,
        boolean estimate,
        @Nullable Long rebuildsKnown) {

    private static final int EACH = 10;

    /** @param what the size is; empty: one of the even steps */
    record Row(SizeCurve.Point point, String what) {}

    /** @param present what the cache holds now; null: not known */
    static SizeView of(SizeReading reading, @Nullable ByteSize present) {
        return switch (reading) {
            case SizeReading.TooThin thin -> new SizeView(thin.reason(), List.of(), false, null);
            case SizeReading.Read read ->
                new SizeView(null, rows(read.curve(), present), read.curve().share() < 1, known(read.curve()));
        };
    }

    private static @Nullable Long known(SizeCurve curve) {
        return curve.rebuildsKnown() == 1 ? null : Long.valueOf((long) (curve.rebuildsKnown() * 100));
    }

    /** Of sizes that are the same only one row. */
    private static List<Row> rows(SizeCurve curve, @Nullable ByteSize present) {
        var whatBySize = new TreeMap<ByteSize, String>();
        var points = curve.points();
        for (int i = EACH; i < points.size(); i += EACH) {
            whatBySize.put(points.get(i).size(), i == points.size() - 1 ? "more makes no difference" : "");
        }
        curve.knee().ifPresent(knee -> tell(knee.size(), "from here on more brings less", whatBySize));
        if (present != null) {
            tell(present, "what it holds now", whatBySize);
        }
        return whatBySize.entrySet().stream()
                .map(size -> new Row(curve.at(size.getKey()), size.getValue()))
                .toList();
    }

    private static void tell(ByteSize size, String what, Map<ByteSize, String> whatBySize) {
        whatBySize.merge(size, what, (one, other) -> one.isEmpty() ? other : one + "; " + other);
    }
}
