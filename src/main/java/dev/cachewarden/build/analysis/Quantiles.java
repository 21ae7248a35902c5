package dev.cachewarden.build.analysis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Quantiles of durations, with linear interpolation between neighbors. */
final class Quantiles {

    private Quantiles() {}

    static Duration median(Collection<Duration> some) {
        return of(sorted(some), 0.5);
    }

    static List<Duration> sorted(Collection<Duration> some) {
        return some.stream().sorted().toList();
    }

    /**
     * Returns a quantile of sorted durations.
     *
     * @param share quantile from 0 to 1
     */
    static Duration of(List<Duration> sorted, double share) {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("A quantile needs at least one value");
        }
        double place = share * (sorted.size() - 1);
        var below = sorted.get((int) Math.floor(place));
        var above = sorted.get((int) Math.ceil(place));
        double part = place - Math.floor(place);
        return below.plusNanos(Math.round(TimeUnit.NANOSECONDS.convert(above.minus(below)) * part));
    }
}
