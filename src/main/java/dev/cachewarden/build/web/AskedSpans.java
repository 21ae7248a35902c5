package dev.cachewarden.build.web;

import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.Instant;

/**
 * A requested time range, divided into spans of equal length.
 *
 * @param points number of spans
 */
public record AskedSpans(Instant from, Instant until, int points) {

    private static final Duration USUAL_RANGE = Duration.ofDays(7);
    private static final int MOST = 2_000;

    /**
     * Returns the requested spans, by default within the last seven days.
     *
     * @throws InvalidInputException if the number of spans is out of range, or the time range is empty
     */
    public static AskedSpans of(BuildQuery query, int points, Instant now) {
        if (points < 1 || points > MOST) {
            throw new InvalidInputException("points", "must be from 1 to " + MOST + ", not " + points);
        }
        var until = query.until() == null ? now : query.until();
        var from = query.from() == null ? until.minus(USUAL_RANGE) : query.from();
        if (!from.isBefore(until)) {
            throw new InvalidInputException("from", "must be before until");
        }
        return new AskedSpans(from, until, points);
    }
}
