package dev.cachewarden.history.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The steps in which readings are kept: as they were, and as means. From fine to coarse. */
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

    /** The coarsest that is no coarser than a spacing. */
    static Resolution fitting(Duration spacing) {
        if (spacing.compareTo(HOUR.span) >= 0) {
            return HOUR;
        }
        return spacing.compareTo(FIVE_MINUTES.span) >= 0 ? FIVE_MINUTES : READING;
    }

    /** From the next finer one to the finest. */
    List<Resolution> finer() {
        return Arrays.asList(values()).subList(0, ordinal()).reversed();
    }

    /** From the next coarser one to the coarsest. */
    List<Resolution> coarser() {
        return Arrays.asList(values()).subList(ordinal() + 1, values().length);
    }
}
