package dev.cachewarden.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * The offset between a builder's clock and Cachewarden's clock. A request for the builder's time determines it.
 *
 * @param ahead time by which the builder's clock is ahead of Cachewarden's, or negative if it is behind. Zero if the duration of the
 *     request may explain the difference
 */
public record ClockOffset(Duration ahead) {

    /** The offset if it is unknown or too small to be certain. */
    public static final ClockOffset NONE = new ClockOffset(Duration.ZERO);

    /** The duration of a request may explain an offset up to this, so times are not corrected by it. */
    private static final Duration TAKEN_BY_THE_ANSWER = Duration.ofSeconds(1);

    /** An offset up to this makes no difference for an age in days or hours. */
    private static final Duration UNNOTED = Duration.ofMinutes(1);

    /**
     * Returns the offset that an answer shows. The builder read its clock at an unknown time between request and answer. The middle is
     * wrong by at most half of the duration between them.
     *
     * @param asked time of the request, by Cachewarden's clock
     * @param reported time in the answer, by the builder's clock
     * @param answered time of the answer, by Cachewarden's clock
     */
    public static ClockOffset of(Instant asked, Instant reported, Instant answered) {
        var doubt = Duration.between(asked, answered).abs().dividedBy(2);
        var ahead =
                Duration.between(asked.plus(Duration.between(asked, answered).dividedBy(2)), reported);
        boolean sure =
                ahead.abs().compareTo(TAKEN_BY_THE_ANSWER) > 0 && ahead.abs().compareTo(doubt) > 0;
        return sure ? new ClockOffset(ahead) : NONE;
    }

    /** Converts a time of the builder's clock to Cachewarden's clock. */
    public Instant toLocal(Instant theirs) {
        return theirs.minus(ahead);
    }

    /** Converts a time of Cachewarden's clock to the builder's clock. */
    public Instant toRemote(Instant ours) {
        return ours.plus(ahead);
    }

    /** Returns true if the offset is large enough to warn users. */
    public boolean notable() {
        return ahead.abs().compareTo(UNNOTED) > 0;
    }
}
