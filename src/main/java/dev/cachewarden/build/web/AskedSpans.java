package dev.cachewarden.build.web;

import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.Instant;

/**
 * Spans of equal length that somebody asks for.
 *
 * @param points how many
 */
record AskedSpans(Instant from, Instant until, int points) {

    private static final Duration USUAL_RANGE = Duration.ofDays(7);
    private static final int MOST = 2_000;

    /**
     * The last seven days unless told otherwise.
     *
     * @throws InvalidInputException if there are none such
     */
    static AskedSpans of(BuildQuery query, int points, Instant now) {
        if (points < 1 || points > MOST) {
            throw new InvalidInputException("points", "is " + points + "; it is from 1 to " + MOST);
        }
        var until = query.until() == null ? now : query.until();
        var from = query.from() == null ? until.minus(USUAL_RANGE) : query.from();
        if (!from.isBefore(until)) {
            throw new InvalidInputException("from", "is not before until");
        }
        return new AskedSpans(from, until, points);
    }
}
