package dev.cachewarden.policy.web;

import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sizes of one request, each in one of two formats, and their problems. */
public final class RequestSizes {

    private final List<FieldProblem> problems = new ArrayList<>();

    /**
     * Returns a size in the format of user input.
     *
     * @param field the name of the field in problems
     * @param written {@code "20GB"} or a whole number
     * @param bytes a whole number
     */
    public @Nullable String text(String field, @Nullable Object written, @Nullable Long bytes) {
        if (written != null && bytes != null) {
            problems.add(new FieldProblem(field, "is set twice; set either " + field + " or " + field + "Bytes"));
            return null;
        }
        return switch (written) {
            case null -> bytes == null ? null : bytes.toString();
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case BigInteger number -> number.toString();
            default -> {
                problems.add(new FieldProblem(field, "is not a size; use a string such as \"20GB\", or whole bytes"));
                yield null;
            }
        };
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
