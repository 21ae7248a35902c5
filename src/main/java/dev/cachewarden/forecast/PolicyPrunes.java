package dev.cachewarden.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The future runs of the policy that prunes a host. Each run leaves what one of its last runs left.
 *
 * @param name name of the policy
 * @param starts scheduled starts
 * @param daily whether something else starts it about once a day, such as the end of builds
 * @param cacheStart size of the cache in bytes above which it starts, or null for none
 * @param freeStart free disk space in bytes below which it starts, or null for none
 * @param left sizes of the cache in bytes after its last runs; empty if it never ran
 */
public record PolicyPrunes(
        String name,
        List<Instant> starts,
        boolean daily,
        @Nullable Long cacheStart,
        @Nullable Long freeStart,
        List<Long> left) {

    private static final int DAY = 24;

    public PolicyPrunes {
        starts = List.copyOf(starts);
        left = List.copyOf(left);
    }

    /** Returns whether it starts automatically. */
    boolean automatic() {
        return !starts.isEmpty() || daily || cacheStart != null || freeStart != null;
    }

    /** Returns the brake on a disk. The policy must have run before. */
    Brake brake(double disk, Instant now) {
        var hours = new BitSet();
        starts.stream()
                .filter(start -> start.isAfter(now))
                .forEach(start -> hours.set((int) Duration.between(now, start).toHours()));
        return new Brake() {
            @Override
            public double hold(double cache, double rest, RandomGenerator random) {
                boolean starting = (cacheStart != null && cache > cacheStart)
                        || (freeStart != null && disk - rest - cache < freeStart);
                return starting ? Math.min(cache, anyLeft(random)) : cache;
            }

            @Override
            public double prune(double cache, int hour, RandomGenerator random) {
                boolean starting = hours.get(hour) || (daily && hour % DAY == DAY - 1);
                return starting ? Math.min(cache, anyLeft(random)) : cache;
            }
        };
    }

    private double anyLeft(RandomGenerator random) {
        return left.get(random.nextInt(left.size()));
    }
}
