package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.build.analysis.size.SizeCurve;
import dev.cachewarden.build.analysis.size.SizeCurve.Point;
import dev.cachewarden.dashboard.Words;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tells what a limit of today gives, held against the knee of the curve. */
@Component
class SizeWords {

    /** Less a day is not worth a word. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Words words;
    private final BuildWords buildWords;

    SizeWords(Words words, BuildWords buildWords) {
        this.words = words;
        this.buildWords = buildWords;
    }

    /** {@code 78%}, or {@code 70 to 78%} where it hangs on which records were made again. */
    public String hits(Point point) {
        return unsure(point)
                ? Math.round(100 * point.leastHitRate()) + " to " + words.percent(point.hitRate())
                : words.percent(point.hitRate());
    }

    static boolean unsure(Point point) {
        return Math.round(100 * point.leastHitRate()) < Math.round(100 * point.hitRate());
    }

    /** What follows the name of who limits: {@code keeps at most 20.0 GiB, but it only reports.} */
    String does(CacheLimit limit) {
        return limit.words() + (limit.idle() == null ? "." : ", but " + limit.idle() + ".");
    }

    /** One sentence or two. */
    String gives(CacheLimit limit, SizeCurve curve) {
        if (limit.size() == null) {
            return "What size that leaves is not known beforehand.";
        }
        var there = curve.at(limit.size());
        String hits = "At that size " + hits(there) + " of lookups hit";
        return curve.knee().map(knee -> hits + against(knee, there, curve)).orElse(hits + bendless(there, curve));
    }

    private static String bendless(Point there, SizeCurve curve) {
        return there.size().compareTo(curve.enough()) < 0
                ? "; the curve has no knee, each byte brings about as much as any other."
                : "; more would make no difference.";
    }

    private String against(Point knee, Point there, SizeCurve curve) {
        int smaller = there.size().compareTo(knee.size());
        return smaller == 0
                ? "; it is the knee."
                : "; the knee at " + knee.size() + " would give " + hits(knee) + time(there, knee, curve) + ".";
    }

    /** Where the time of only some records is known, it is at least that; where some may not be made again, at most. */
    private String time(Point there, Point knee, SizeCurve curve) {
        if (there.rebuildADay() == null || knee.rebuildADay() == null) {
            return "";
        }
        var saved = there.rebuildADay().minus(knee.rebuildADay());
        if (saved.abs().compareTo(LEAST) < 0) {
            return "";
        }
        String bound = bound(curve.rebuildsKnown() < 1, unsure(there) || unsure(knee));
        return saved.isNegative()
                ? " and cost " + bound + buildWords.time(saved.abs()) + " a day more"
                : " and save " + bound + buildWords.time(saved) + " a day";
    }

    private static String bound(boolean partlyKnown, boolean unsure) {
        if (partlyKnown) {
            return unsure ? "about " : "at least ";
        }
        return unsure ? "at most " : "";
    }
}
