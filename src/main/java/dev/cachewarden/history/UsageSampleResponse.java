package dev.cachewarden.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A {@link UsageSample} in JSON.
 *
 * @param span zero for a reading, or the time range of a mean, starting at {@code takenAt}
 * @param highestBytes the largest total within the span
 */
record UsageSampleResponse(Instant takenAt, Duration span, long highestBytes, CacheUsageResponse usage) {

    static UsageSampleResponse of(UsageSample sample) {
        return new UsageSampleResponse(
                sample.takenAt(), sample.span(), sample.highest().bytes(), CacheUsageResponse.of(sample.usage()));
    }
}
