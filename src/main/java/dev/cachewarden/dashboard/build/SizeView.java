package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.analysis.size.SizeCurve;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.buildcache.ByteSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large a cache should be, as the page tells it.
 *
 * @param tooThin what is lacking to tell anything; null: nothing
 * @param rows sizes in even steps, the knee and the present size among them
 * @param estimate whether only a part of the contents was looked at
 */
record SizeView(@Nullable String tooThin, List<Row> rows, boolean estimate) {

    private static final int EACH = 10;

    /** @param what the size is; empty: one of the even steps */
    record Row(SizeCurve.Point point, String what) {}

    /** @param present what the cache holds now; null: not known */
    static SizeView of(SizeReading reading, @Nullable ByteSize present) {
        return switch (reading) {
            case SizeReading.TooThin thin -> new SizeView(thin.reason(), List.of(), false);
            case SizeReading.Read read ->
                new SizeView(null, rows(read.curve(), present), read.curve().share() < 1);
        };
    }

    private static List<Row> rows(SizeCurve curve, @Nullable ByteSize present) {
        var rows = new ArrayList<Row>();
        var points = curve.points();
        for (int i = EACH; i < points.size(); i += EACH) {
            rows.add(new Row(points.get(i), i == points.size() - 1 ? "more makes no difference" : ""));
        }
        curve.knee().ifPresent(knee -> rows.add(new Row(knee, "from here on more brings less")));
        if (present != null) {
            rows.add(new Row(curve.at(present), "what it holds now"));
        }
        rows.sort((one, other) -> one.point().size().compareTo(other.point().size()));
        return List.copyOf(rows);
    }
}
