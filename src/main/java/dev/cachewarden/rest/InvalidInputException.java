package dev.cachewarden.rest;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown if the input is invalid. Nothing was stored. The response has status 400. */
public final class InvalidInputException extends RuntimeException {

    private final transient List<FieldProblem> problems;

    public InvalidInputException(List<FieldProblem> problems) {
        super(problems.stream().map(p -> p.field() + ": " + p.reason()).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public InvalidInputException(String field, String reason) {
        this(List.of(new FieldProblem(field, reason)));
    }

    /** Returns all errors in the order of the fields; never empty. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
