package dev.cachewarden.engine.connection;

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

    /** The first that RFC 3339 cannot write; databases end a little later. */
    private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

    private BuilderTime() {}

    /**
     * Returns the time, or null if it is before the first builder, as are the zero times that stand for none.
     *
     * @throws DateTimeException if it is after the year 9999. It is no zero time: as none, a record would look as if it had never been used
     */
    public static @Nullable Instant plausible(Instant told) {
        return told.isBefore(EARLIEST) ? null : storable(told);
    }

    /**
     * Returns the time.
     *
     * @throws DateTimeException if it is before 1970 or after the year 9999, which not every store and page can hold
     */
    public static Instant storable(Instant told) {
        if (told.isBefore(Instant.EPOCH) || !told.isBefore(TOO_LATE)) {
            throw new DateTimeException("not within the years 1970 to 9999");
        }
        return told;
    }
}
