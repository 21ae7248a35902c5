package dev.cachewarden.policy.store;

import dev.cachewarden.planner.Filter;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A collector of all problems of an input, so that a user sees them at once. */
public final class InputProblems {

    /** The maximum number of instructions of all regular expressions of one input. */
    private static final long LARGEST_FILTERS = 20_000;

    private final List<FieldProblem> problems = new ArrayList<>();
    private long filterSizes;

    public void add(String field, String reason) {
        problems.add(new FieldProblem(field, reason));
    }

    /**
     * Parses a text. Blank text counts as absent.
     *
     * @return the value, or null if the text is absent or invalid; an invalid text adds a problem
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

    /** Adds the size of a filter to the total of the input. Returns false if the total is too large, which adds a single problem. */
    boolean takes(String field, Filter filter) {
        boolean fitBefore = filterSizes <= LARGEST_FILTERS;
        filterSizes += filter.size();
        boolean fits = filterSizes <= LARGEST_FILTERS;
        if (fitBefore && !fits) {
            add(
                    field,
                    "makes the filters too complex: expanded, their repetitions together have more than "
                            + LARGEST_FILTERS + " parts");
        }
        return fits;
    }

    /** Returns the number of problems so far. */
    int count() {
        return problems.size();
    }

    /** Returns whether this field has a problem. */
    boolean about(String field) {
        return problems.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /**
     * Throws an exception if there are problems.
     *
     * @throws InvalidInputException with all problems, if there are any
     */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
