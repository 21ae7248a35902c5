package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.prune.plan.rule.Space;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What forms hold: texts as they were typed, and the messages beside them. */
public final class Typed {

    private static final Map<String, Long> UNITS =
            Map.of("GiB", 1L << 30, "MiB", 1L << 20, "GB", 1_000_000_000L, "MB", 1_000_000L);

    private Typed() {}

    /** A field without the space around it; empty where it was not sent. */
    public static String text(MultiValueMap<String, String> typed, String field) {
        String text = typed.getFirst(field);
        return text == null ? "" : text.strip();
    }

    /** A size so that it reads back as exactly the same, in the unit that makes it shortest. */
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

    /** Room so that it reads back as exactly the same. */
    public static String space(@Nullable Space space) {
        return space instanceof Space.Bytes bytes ? size(bytes.size()) : space == null ? "" : space.written();
    }

    /** What is wrong, by field; several problems of one field are put together. */
    public static Map<String, String> problems(InvalidInputException refusal) {
        return refusal.problems().stream()
                .collect(Collectors.toMap(
                        FieldProblem::field, FieldProblem::reason, (one, other) -> one + "; it also " + other));
    }
}
