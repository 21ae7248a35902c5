package dev.cachewarden.engine.connection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as builders tell them. */
public final class BuilderTime {

    /**
     * Docker's first release: no builder made anything before. Go's zero time is of the year 1, and a clock that was never
     * set begins in 1970.
     */
    private static final Instant EARLIEST = Instant.parse("2013-03-20T00:00:00Z");

    private BuilderTime() {}

    /** The time, or null where no builder can have made anything then. */
    public static @Nullable Instant plausible(Instant told) {
        return told.isBefore(EARLIEST) ? null : told;
    }
}
