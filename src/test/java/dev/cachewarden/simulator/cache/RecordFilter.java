package dev.cachewarden.simulator.cache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * containerd's filter language as BuildKit uses it: {@code type==regular,id~=^ab} joins conditions, a list of filters is a choice.
 */
public final class RecordFilter {

    /** What a filter can ask of a record; a field that is there without a value is the empty text. */
    @FunctionalInterface
    public interface Fields {
        /** The value of a field, or null where the record has no such field. */
        @Nullable
        String value(String name);
    }

    /** A filter that does not read as one. */
    public static final class SyntaxException extends RuntimeException {
        SyntaxException(String message) {
            super(message);
        }
    }

    private final List<Predicate<Fields>> choices;

    /** Lists of exact ids are long and common; looked up at once. */
    private final Set<String> ids;

    private final boolean matchesAll;

    private RecordFilter(List<Predicate<Fields>> choices, Set<String> ids, boolean matchesAll) {
        this.choices = choices;
        this.ids = ids;
        this.matchesAll = matchesAll;
    }

    /**
     * Reads filters that are alternatives.
     *
     * @param filters none, or an empty one among them: everything
     * @throws SyntaxException if one does not read
     */
    public static RecordFilter anyOf(List<String> filters) {
        var choices = new ArrayList<Predicate<Fields>>();
        var ids = new HashSet<String>();
        boolean matchesAll = filters.isEmpty();
        for (String filter : filters) {
            if (filter.isEmpty()) {
                matchesAll = true;
            } else if (filter.matches("id==[a-z0-9]+")) {
                ids.add(filter.substring("id==".length()));
            } else {
                choices.add(new FilterParser(filter).parse());
            }
        }
        return new RecordFilter(choices, ids, matchesAll);
    }

    public boolean test(Fields record) {
        if (matchesAll) {
            return true;
        }
        String id = ids.isEmpty() ? null : record.value("id");
        if (id != null && ids.contains(id)) {
            return true;
        }
        for (var choice : choices) {
            if (choice.test(record)) {
                return true;
            }
        }
        return false;
    }

    /** All fields, as a reading (not a prune) lets filters see them. */
    public static Fields fieldsOf(RecordView record) {
        return name -> switch (name) {
            case "id" -> record.id();
            case "parents" -> record.parents().isEmpty() ? null : String.join(";", record.parents());
            case "description" -> record.description();
            case "type" -> record.type();
            case "inuse" -> presentIf(record.inUse());
            case "mutable" -> presentIf(record.mutable());
            case "immutable" -> presentIf(!record.mutable());
            case "shared" -> presentIf(record.shared());
            case "private" -> presentIf(!record.shared());
            default -> null;
        };
    }

    private static @Nullable String presentIf(boolean there) {
        return there ? "" : null;
    }

    static Predicate<Fields> condition(String field, String operator, String value) {
        return switch (operator) {
            case "==" -> record -> value.equals(record.value(field));
            case "!=" -> record -> !value.equals(record.value(field));
            case "~=" -> matching(field, value);
            default -> record -> record.value(field) != null;
        };
    }

    private static Predicate<Fields> matching(String field, String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            // BuildKit logs this and goes on.
            return record -> false;
        }
        return record -> {
            String value = record.value(field);
            return pattern.matcher(value == null ? "" : value).find();
        };
    }
}
