package dev.cachewarden.build.analytics.rate;

import dev.cachewarden.rest.InvalidInputException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What lookups are told apart by. */
public enum RateBy {
    CLASS,
    /** The same step over builds of one project, though its number moves. */
    STEP,
    PROJECT,
    BUILDER,
    BRANCH;

    public static final List<RateBy> ALL = List.copyOf(Arrays.asList(values()));

    /**
     * Reads one as {@link #written} gives it.
     *
     * @param choices those that there are
     * @throws InvalidInputException about {@code by}, naming the choices
     */
    public static RateBy read(String text, Collection<RateBy> choices) {
        return choices.stream()
                .filter(one -> one.written().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "by",
                        "'" + text + "' is none of "
                                + choices.stream().map(RateBy::written).collect(Collectors.joining(", "))));
    }

    /** As it stands in an address. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
