package dev.cachewarden.engine.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * By how much a builder's clock differs from ours, found by asking it for its time.
 *
 * @param ahead by how much it is ahead of ours, negative where it is behind; zero where the difference may be the time that its answer took
 */
public record ClockOffset(Duration ahead) {

    /** Not told, or not different. */
    public static final ClockOffset NONE = new ClockOffset(Duration.ZERO);

    /** A difference up to this may be the time that an answer took, by which nothing is to be moved. */
    private static final Duration TAKEN_BY_THE_ANSWER = Duration.ofSeconds(1);

    /** Up to this an age by days or hours is not told apart. */
    private static final Duration UNNOTED = Duration.ofMinutes(1);

    /**
     * What an answer tells. When between question and answer the builder looked at its clock is not known; the middle is at most half of that
     * time wrong.
     *
     * @param asked by our clock
     * @param told by the builder's
     * @param answered by our clock
     */
    public static ClockOffset of(Instant asked, Instant told, Instant answered) {
        var doubt = Duration.between(asked, answered).abs().dividedBy(2);
        var ahead =
                Duration.between(asked.plus(Duration.between(asked, answered).dividedBy(2)), told);
        boolean sure =
                ahead.abs().compareTo(TAKEN_BY_THE_ANSWER) > 0 && ahead.abs().compareTo(doubt) > 0;
        return sure ? new ClockOffset(ahead) : NONE;
    }

    /** A time by the builder's clock, by ours. */
    public Instant ours(Instant theirs) {
        return theirs.minus(ahead);
    }

    /** A time by our clock, by the builder's. */
    public Instant theirs(Instant ours) {
        return ours.plus(ahead);
    }

    /** Whether people should know. */
    public boolean notable() {
        return ahead.abs().compareTo(UNNOTED) > 0;
    }
}
