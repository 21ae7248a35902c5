package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The values of form fields, as entered by the user, and their error messages. */
public final class FormValues {

    private static final Map<String, Long> UNITS =
            Map.of("GiB", 1L << 30, "MiB", 1L << 20, "GB", 1_000_000_000L, "MB", 1_000_000L);

    private FormValues() {}

    /** Returns the value of a field without surrounding spaces, or an empty string if the field is missing. */
    public static String text(MultiValueMap<String, String> typed, String field) {
        String text = typed.getFirst(field);
        return text == null ? "" : text.strip();
    }

    /** Formats a size in the unit with the shortest text that represents exactly the same size. */
    public static String size(@Nullable ByteSize size) {
        if (size == null) {
            return "";
        }
        String shortest = Long.toString(size.bytes());
        for (var unit : UNITS.entrySet()) {
            String text = size.bytes() / unit.getValue() + unit.getKey();
            boolean exact = size.bytes() > 0 && size.bytes() % unit.getValue() == 0;
            if (exact && text.length() <= shortest.length()) {
                shortest = text;
            }
        }
        return shortest;
    }

    /** Formats a space limit so that parsing returns exactly the same limit. */
    public static String space(@Nullable Space space) {
        return space instanceof Space.Bytes bytes ? size(bytes.size()) : space == null ? "" : space.written();
    }

    /** Returns the error messages by field. Several messages for the same field are combined. */
    public static Map<String, String> problems(InvalidInputException refusal) {
        return refusal.problems().stream()
                .collect(Collectors.toMap(
                        FieldProblem::field, FieldProblem::reason, (one, other) -> one + "; it also " + other));
    }
}
