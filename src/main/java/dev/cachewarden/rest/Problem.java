package dev.cachewarden.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error response: RFC 9457 JSON for scripts, an HTML page for browsers.
 *
 * @param status HTTP status, 400 to 599
 * @param slug kind of problem, such as {@code not-found}; becomes the {@code type}
 * @param title the kind in a few words, the same for all problems of a kind
 * @param detail a sentence about this case and the next step
 * @param errors errors of the input fields; empty if the problem does not concern fields
 * @param headers headers of the response, such as {@code Allow}
 * @param id id of the log entry with more details, or null if there is none
 */
public record Problem(
        int status,
        String slug,
        String title,
        String detail,
        List<FieldProblem> errors,
        Map<String, String> headers,
        @Nullable String id) {

    /** Name of the request attribute that holds the problem when a filter forwards to the error page. */
    public static final String ATTRIBUTE = Problem.class.getName();

    /** Path to forward a request to. It responds with {@link #ATTRIBUTE} in the format that the caller accepts. */
    public static final String PAGE = "/error";

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    public static Problem of(int status, String slug, String title, String detail) {
        return new Problem(status, slug, title, detail, List.of(), Map.of(), null);
    }

    /** Returns the problem that describes a failure. */
    public static Problem of(Throwable failure) {
        return Problems.of(failure);
    }

    /** Returns a copy with this response header. */
    public Problem withHeader(String name, String value) {
        return new Problem(status, slug, title, detail, errors, Map.of(name, value), id);
    }

    static Problem invalid(List<FieldProblem> errors) {
        var detail = errors.size() == 1
                ? "'" + errors.getFirst().field() + "': " + errors.getFirst().reason()
                : errors.size() + " fields are invalid. Nothing was saved.";
        return new Problem(400, "invalid-input", "Invalid input", detail, errors, Map.of(), null);
    }

    static Problem invalid(String field, String reason) {
        return invalid(List.of(new FieldProblem(field, reason)));
    }

    /** Returns the value of the {@code type} member. */
    String type() {
        return "urn:cachewarden:problem:" + slug;
    }
}
