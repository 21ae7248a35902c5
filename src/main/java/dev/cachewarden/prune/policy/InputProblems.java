package dev.cachewarden.prune.policy;

import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects all that is wrong with an input, so that a person need not find it out one by one. */
public final class InputProblems {

    private final List<FieldProblem> problems = new ArrayList<>();

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
