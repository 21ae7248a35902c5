package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.SizeCurve;
import dev.cachewarden.analytics.SizeCurve.Point;
import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.dashboard.Words;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The descriptions of current limits, compared with the knee of the curve. */
@Component
class SizeWords {

    /** The minimum time per day that is worth reporting. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Words words;
    private final BuildWords buildWords;

    SizeWords(Words words, BuildWords buildWords) {
        this.words = words;
        this.buildWords = buildWords;
    }

    /** Returns the hit rate, such as {@code 78%}, or {@code 70 to 78%} if it depends on which records were created again. */
    public String hits(Point point) {
        return unsure(point)
                ? Math.round(100 * point.leastHitRate()) + " to " + words.percent(point.hitRate())
                : words.percent(point.hitRate());
    }

    static boolean unsure(Point point) {
        return Math.round(100 * point.leastHitRate()) < Math.round(100 * point.hitRate());
    }

    /** Returns the text that follows the name of the limit, such as {@code keeps at most 20.0 GiB, but it is in report mode.} */
    String describeLimit(CacheLimit limit) {
        return limit.words() + (limit.idle() == null ? "." : ", but " + limit.idle() + ".");
    }

    /** Returns the result of a limit in one or two sentences. */
    String describeResult(CacheLimit limit, SizeCurve curve) {
        if (limit.size() == null) {
            return "The resulting cache size is unknown.";
        }
        var there = curve.at(limit.size());
        String hits = "The hit rate at this size is " + hits(there);
        return curve.knee()
                .map(knee -> hits + compareWithKnee(knee, there, curve))
                .orElse(hits + describeWithoutKnee(there, curve));
    }

    private static String describeWithoutKnee(Point there, SizeCurve curve) {
        return there.size().compareTo(curve.enough()) < 0
                ? ". The curve has no knee: each byte has about the same effect."
                : ". More space would make no difference.";
    }

    private String compareWithKnee(Point knee, Point there, SizeCurve curve) {
        int smaller = there.size().compareTo(knee.size());
        return smaller == 0
                ? ". This size is the knee of the curve."
                : ". The knee at " + knee.size() + " would give " + hits(knee) + time(there, knee, curve) + ".";
    }

    /**
     * Returns the rebuild time that the knee would save or cost. It is a lower bound if the time of only some records is known. It is an
     * upper bound if some records may not have been created again.
     */
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
                ? " and cost " + bound + buildWords.time(saved.abs()) + " more per day"
                : " and save " + bound + buildWords.time(saved) + " per day";
    }

    private static String bound(boolean partlyKnown, boolean unsure) {
        if (partlyKnown) {
            return unsure ? "about " : "at least ";
        }
        return unsure ? "at most " : "";
    }
}
