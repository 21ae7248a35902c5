package dev.cachewarden.notify.channel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Interprets answers by their status, as most services use it. */
final class Verdict {

    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);
    private static final int SHOWN = 200;
    private static final double LONGEST_SECONDS = 86_400;

    private Verdict() {}

    static Outcome usual(Answer answer, Instant now) {
        return of(answer, retryAfter(answer, now));
    }

    /** @param after the pause that the service requests, or null if it requests none */
    static Outcome of(Answer answer, @Nullable Duration after) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome.Sent();
        }
        if (status >= 500 || TEMPORARY.contains(status)) {
            return new Outcome.Retry(after, false, answered(answer));
        }
        if (status >= 300 && status < 400) {
            return new Outcome.Refused("It answered with a redirect (status " + status
                    + "). Set the final URL, because Cachewarden follows no redirects.");
        }
        return new Outcome.Refused(answered(answer));
    }

    /** Returns a sentence with the status and the start of the body. */
    static String answered(Answer answer) {
        var body = answer.body().strip().replaceAll("\\s+", " ");
        return "It answered with status " + answer.status() + (body.isEmpty() ? "." : ": " + Cut.units(body, SHOWN));
    }

    static @Nullable Duration retryAfter(Answer answer, Instant now) {
        var text = answer.retryAfter();
        if (text == null) {
            return null;
        }
        if (text.strip().matches("\\d{1,9}(\\.\\d+)?")) {
            return seconds(Double.parseDouble(text.strip()));
        }
        try {
            var until = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns the pause in a JSON field in seconds, or the one of the header if the field is absent. */
    static @Nullable Duration retryAfter(JsonNode seconds, Answer answer, Instant now) {
        return seconds.isNumber() ? seconds(seconds.doubleValue()) : retryAfter(answer, now);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(Math.clamp(seconds, 0, LONGEST_SECONDS) * 1000));
    }
}
