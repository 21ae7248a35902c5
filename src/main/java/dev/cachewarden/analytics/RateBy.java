package dev.cachewarden.analytics;

import dev.cachewarden.rest.InvalidInputException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The grouping of lookups. */
public enum RateBy {
    CLASS,
    /** The same step across builds of one project, even if its number changes. */
    STEP,
    PROJECT,
    BUILDER,
    BRANCH;

    public static final List<RateBy> ALL = List.copyOf(Arrays.asList(values()));

    /**
     * Parses the result of {@link #written}.
     *
     * @param choices allowed groupings
     * @throws InvalidInputException about {@code by}, with the choices
     */
    public static RateBy read(String text, Collection<RateBy> choices) {
        return choices.stream()
                .filter(one -> one.written().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "by",
                        "'" + text + "' is not valid; use one of "
                                + choices.stream().map(RateBy::written).collect(Collectors.joining(", "))));
    }

    /** Returns the name that URLs use. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
