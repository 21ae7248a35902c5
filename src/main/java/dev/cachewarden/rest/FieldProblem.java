package dev.cachewarden.rest;

/**
 * What is wrong with one field of an input.
 *
 * @param field as it is called in JSON, and in the form of the same page
 * @param reason a sentence for the person who filled it in
 */
public record FieldProblem(String field, String reason) {

    public FieldProblem {
        // A reason quotes what was given.
        field = VisibleText.ofLines(field);
        reason = VisibleText.ofLines(reason);
    }
}
