package dev.cachewarden.engine;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks times that builders report. */
public final class BuilderTime {

    /**
     * The first release of Docker: no builder created anything earlier. Go's zero time is in the year 1, and a clock that was never set
     * starts in 1970.
     */
    private static final Instant EARLIEST = Instant.parse("2013-03-20T00:00:00Z");

    /** The first time that RFC 3339 cannot represent; the limits of databases are a little later. */
    private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

    private BuilderTime() {}

    /**
     * Returns the time, or null if it is before the first release of Docker. This includes the zero times, which mean no time.
     *
     * @throws DateTimeException if the time is after the year 9999. It must not become null, because a record would then look as if it had
     *     never been used
     */
    public static @Nullable Instant plausible(Instant reported) {
        return reported.isBefore(EARLIEST) ? null : storable(reported);
    }

    /**
     * Returns the time.
     *
     * @throws DateTimeException if the time is before 1970 or after the year 9999, because not every store and page supports it
     */
    public static Instant storable(Instant reported) {
        if (reported.isBefore(Instant.EPOCH) || !reported.isBefore(TOO_LATE)) {
            throw new DateTimeException("not within the years 1970 to 9999");
        }
        return reported;
    }
}
