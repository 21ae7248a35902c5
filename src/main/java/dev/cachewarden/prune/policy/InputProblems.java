package dev.cachewarden.prune.policy;

import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects all that is wrong with an input, so that a person need not find it out one by one. */
public final class InputProblems {

    /** Instructions of the regular expressions of one input. */
    private static final long LARGEST_FILTERS = 20_000;

    private final List<FieldProblem> problems = new ArrayList<>();
    private long filterSizes;

    public void add(String field, String reason) {
        problems.add(new FieldProblem(field, reason));
    }

    /**
     * Reads a text; a blank one is an absent one.
     *
     * @return null if it is absent, or was no good, which is noted then
     */
    <T> @Nullable T read(String field, @Nullable String text, Function<String, T> parser) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            add(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Takes the size of a filter into account; false, which is noted once: all filters of the input together have become too large. */
    boolean takes(String field, Filter filter) {
        boolean fitBefore = filterSizes <= LARGEST_FILTERS;
        filterSizes += filter.size();
        boolean fits = filterSizes <= LARGEST_FILTERS;
        if (fitBefore && !fits) {
            add(
                    field,
                    "makes the filters together too large: their repetitions, written out, have more than "
                            + LARGEST_FILTERS + " parts");
        }
        return fits;
    }

    /** How much was noted so far. */
    int count() {
        return problems.size();
    }

    /** Whether anything was noted for this field. */
    boolean about(String field) {
        return problems.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /**
     * Ends the collecting.
     *
     * @throws InvalidInputException with all that was noted, if anything was
     */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
