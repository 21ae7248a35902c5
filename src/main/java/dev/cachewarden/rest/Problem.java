package dev.cachewarden.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, told for the person or script that made it: RFC 9457 in JSON, a page in the browser.
 *
 * @param status of HTTP, 400 to 599
 * @param slug what kind of problem, such as {@code not-found}; becomes the {@code type}
 * @param title the kind in a few words, the same for each problem of a kind
 * @param detail a sentence about this very case, and what to do next
 * @param errors the fields at fault, none where it is not about fields
 * @param headers sent along, such as {@code Allow}
 * @param id under which the log tells more; null where it does not
 */
public record Problem(
        int status,
        String slug,
        String title,
        String detail,
        List<FieldProblem> errors,
        Map<String, String> headers,
        @Nullable String id) {

    /** Name of the request attribute that takes a problem along when a filter forwards to the error page. */
    public static final String ATTRIBUTE = Problem.class.getName();

    /** Where to forward a request to, to have {@link #ATTRIBUTE} answered in the form the caller understands. */
    public static final String PAGE = "/error";

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    public static Problem of(int status, String slug, String title, String detail) {
        return new Problem(status, slug, title, detail, List.of(), Map.of(), null);
    }

    /** What a failure means in words. */
    public static Problem of(Throwable failure) {
        return Problems.of(failure);
    }

    /** The same with a header to be sent along. */
    public Problem withHeader(String name, String value) {
        return new Problem(status, slug, title, detail, errors, Map.of(name, value), id);
    }

    static Problem invalid(List<FieldProblem> errors) {
        var detail = errors.size() == 1
                ? "'" + errors.getFirst().field() + "': " + errors.getFirst().reason()
                : errors.size() + " fields cannot be accepted as they are; nothing was stored.";
        return new Problem(400, "invalid-input", "Invalid input", detail, errors, Map.of(), null);
    }

    static Problem invalid(String field, String reason) {
        return invalid(List.of(new FieldProblem(field, reason)));
    }

    /** For the {@code type} member. */
    String type() {
        return "urn:cachewarden:problem:" + slug;
    }
}
