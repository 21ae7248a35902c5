package dev.cachewarden.access.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Slows down the guessing of passwords: after five failures of one name from one address each further one doubles the wait, from
 * ten seconds to a quarter of an hour. Kept in memory, for each process on its own.
 */
final class LoginThrottle {

    private static final int FREE_FAILURES = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration FORGET_AFTER = Duration.ofHours(1);
    // A bound on memory under attack; beyond it those longest without a failure are forgotten.
    private static final int MOST_KEPT = 10_000;

    private final InstantSource clock;
    private final Map<Key, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
            return size() > MOST_KEPT;
        }
    };

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    private record Key(String name, String address) {}

    private record Failures(int count, Instant last) {
        Instant waitUntil() {
            if (count < FREE_FAILURES) {
                return last;
            }
            int doublings = Math.min(count - FREE_FAILURES, 10);
            var wait = FIRST_WAIT.multipliedBy(1L << doublings);
            return last.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        }
    }

    /** How long this name has to wait at this address; zero: it may try. */
    synchronized Duration waitTime(String name, String address) {
        var known = failures.get(key(name, address));
        var now = clock.instant();
        return known == null || !now.isBefore(known.waitUntil())
                ? Duration.ZERO
                : Duration.between(now, known.waitUntil());
    }

    synchronized void failed(String name, String address) {
        var now = clock.instant();
        failures.compute(
                key(name, address),
                (key, known) -> known == null || now.isAfter(known.last().plus(FORGET_AFTER))
                        ? new Failures(1, now)
                        : new Failures(known.count() + 1, now));
    }

    synchronized void succeeded(String name, String address) {
        failures.remove(key(name, address));
    }

    private static Key key(String name, String address) {
        return new Key(name.strip().toLowerCase(Locale.ROOT), address);
    }
}
