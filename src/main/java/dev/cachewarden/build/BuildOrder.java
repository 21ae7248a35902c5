package dev.cachewarden.build;

import dev.cachewarden.rest.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** The order of a list of builds. Builds with an unknown duration or hit rate come last in both directions. */
public enum BuildOrder {
    /** Running builds first, then the latest first. */
    LATEST("-started"),
    /** The exact reverse of {@link #LATEST}. */
    OLDEST("started"),
    LONGEST("-duration"),
    SHORTEST("duration"),
    HIGHEST_HIT_RATE("-hitRate"),
    LOWEST_HIT_RATE("hitRate");

    private final String text;

    BuildOrder(String text) {
        this.text = text;
    }

    /**
     * Reads an order as it appears in addresses. Blank text means {@link #LATEST}.
     *
     * @throws InvalidInputException about {@code sort}, if there is no such order
     */
    public static BuildOrder parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return LATEST;
        }
        for (var order : values()) {
            if (order.text.equals(text.strip())) {
                return order;
            }
        }
        throw new InvalidInputException(
                "sort", "must be started, duration or hitRate, with the prefix - for descending order");
    }

    /** Returns whether large values come first. */
    public boolean descending() {
        return text.startsWith("-");
    }

    /** Returns the text in addresses. */
    @Override
    public String toString() {
        return text;
    }
}
