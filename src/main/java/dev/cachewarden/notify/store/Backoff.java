package dev.cachewarden.notify.store;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The pause before the next attempt of a channel. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LONGEST_REQUESTED = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 8;

    private Backoff() {}

    /**
     * Returns a random pause, so that the channels of all replicas do not try at the same time. Its limit doubles with each failure.
     *
     * @param failures failed attempts in a row, at least 1
     * @param requested the pause that the service requests, or null
     */
    static Duration pause(int failures, @Nullable Duration requested, RandomGenerator random) {
        if (requested != null) {
            var capped = requested.compareTo(LONGEST_REQUESTED) > 0 ? LONGEST_REQUESTED : requested;
            return capped.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : capped;
        }
        var limit = FIRST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
        long most = Math.min(limit.toMillis(), LONGEST.toMillis());
        return Duration.ofMillis(random.nextLong(1_000, most + 1));
    }
}
