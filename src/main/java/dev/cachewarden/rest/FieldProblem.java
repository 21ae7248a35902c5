package dev.cachewarden.rest;

/**
 * An error in one field of an input.
 *
 * @param field name of the field in JSON, and in the form of the same page
 * @param reason a sentence for the user who filled in the field
 */
public record FieldProblem(String field, String reason) {

    public FieldProblem {
        // A reason quotes the input.
        field = VisibleText.ofLines(field);
        reason = VisibleText.ofLines(reason);
    }
}
