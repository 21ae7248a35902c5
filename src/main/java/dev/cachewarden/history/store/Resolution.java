package dev.cachewarden.history.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The resolutions of stored samples: single readings, and means. They are in order from fine to coarse. */
enum Resolution {
    READING(Duration.ZERO),
    FIVE_MINUTES(Duration.ofMinutes(5)),
    HOUR(Duration.ofHours(1));

    private final Duration span;

    Resolution(Duration span) {
        this.span = span;
    }

    Duration span() {
        return span;
    }

    long seconds() {
        return span.toSeconds();
    }

    /** Returns the coarsest resolution that is not coarser than the given spacing. */
    static Resolution fitting(Duration spacing) {
        if (spacing.compareTo(HOUR.span) >= 0) {
            return HOUR;
        }
        return spacing.compareTo(FIVE_MINUTES.span) >= 0 ? FIVE_MINUTES : READING;
    }

    /** Returns the finer resolutions, from the next finer one to the finest. */
    List<Resolution> finer() {
        return Arrays.asList(values()).subList(0, ordinal()).reversed();
    }

    /** Returns the coarser resolutions, from the next coarser one to the coarsest. */
    List<Resolution> coarser() {
        return Arrays.asList(values()).subList(ordinal() + 1, values().length);
    }
}
