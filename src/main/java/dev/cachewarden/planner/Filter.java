package dev.cachewarden.planner;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cachewarden.buildcache.CacheMount;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.PatternSize;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a record, in the form of BuildKit's filters: {@code description~=npm ci}, {@code mountTarget!=/root/.m2}.
 *
 * <p>Regular expressions have the syntax of RE2, which BuildKit uses, and search: without anchors they match any part. They always run in
 * linear time. A record without the field matches only the negated operators. Only cache mounts have a target and an ID.
 *
 * @param value the value to compare with; a regular expression for {@code ~=} and {@code !~=}
 */
public record Filter(Field field, Operator operator, String value) {

    private static final int LONGEST = 1_000;

    /** The maximum number of instructions of one regular expression. */
    private static final long LARGEST = 3_000;

    /** The field of a record that a filter compares. */
    public enum Field {
        ID("id"),
        TYPE("type"),
        DESCRIPTION("description"),
        /** The path where a cache mount is mounted. */
        MOUNT_TARGET("mountTarget"),
        /** The ID of a cache mount, or its target if it has no ID. */
        MOUNT_ID("mountId");

        private final String written;

        Field(String written) {
            this.written = written;
        }

        private @Nullable String of(CacheRecord record) {
            return switch (this) {
                case ID -> record.id();
                case TYPE -> record.type().name();
                case DESCRIPTION -> record.description();
                case MOUNT_TARGET ->
                    CacheMount.of(record).map(CacheMount::target).orElse(null);
                case MOUNT_ID -> CacheMount.of(record).map(CacheMount::id).orElse(null);
            };
        }
    }

    /** The comparison operator. */
    public enum Operator {
        // Longest first, because the parser tries them in this order.
        NOT_MATCHES("!~="),
        EQUALS("=="),
        NOT_EQUALS("!="),
        MATCHES("~=");

        private final String written;

        Operator(String written) {
            this.written = written;
        }

        private boolean negated() {
            return this == NOT_MATCHES || this == NOT_EQUALS;
        }

        private boolean regex() {
            return this == MATCHES || this == NOT_MATCHES;
        }
    }

    public Filter {
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException("A filter must be at most " + LONGEST + " characters");
        }
        if (operator.regex()) {
            if (PatternSize.of(value) > LARGEST) {
                throw new IllegalArgumentException("'" + value
                        + "' is too complex: expanded, its repetitions have more than " + LARGEST + " parts");
            }
            compile(value);
        }
    }

    /** Returns the memory that the filter takes, in instructions of its regular expression. */
    public long size() {
        return operator.regex() ? PatternSize.of(value) : 1;
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + regex + "' is not a valid regular expression: " + e.getDescription(), e);
        }
    }

    /**
     * Parses a filter. {@code =} is equivalent to {@code ==}.
     *
     * @throws IllegalArgumentException with a message for the author of the filter
     */
    public static Filter parse(String text) {
        String trimmed = text.strip();
        int end = 0;
        while (end < trimmed.length() && Character.isLetter(trimmed.charAt(end))) {
            end++;
        }
        var field = field(trimmed.substring(0, end), trimmed);
        String rest = trimmed.substring(end).stripLeading();
        for (var operator : Operator.values()) {
            if (rest.startsWith(operator.written)) {
                return of(field, operator, rest.substring(operator.written.length()), trimmed);
            }
        }
        if (rest.startsWith("=")) {
            return of(field, Operator.EQUALS, rest.substring(1), trimmed);
        }
        throw new IllegalArgumentException(
                "'" + trimmed + "' has no operator; use ==, != or, for regular expressions, ~= or !~= after the field");
    }

    private static Filter of(Field field, Operator operator, String value, String text) {
        String trimmed = value.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no value; add one after " + operator.written);
        }
        return new Filter(field, operator, trimmed);
    }

    private static Field field(String name, String text) {
        if (name.toLowerCase(Locale.ROOT).startsWith("label")) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is a label filter, which is not supported: engines ignore label filters and would prune everything");
        }
        for (var field : Field.values()) {
            if (field.written.equalsIgnoreCase(name)) {
                return field;
            }
        }
        String known = Arrays.stream(Field.values()).map(field -> field.written).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + text + "' does not start with a record field; use one of " + known);
    }

    /** Returns a predicate that tests whether a record matches. Callers create it once for many records. */
    public Predicate<CacheRecord> predicate() {
        Predicate<String> passes = operator.regex() ? search(compile(value)) : value::equals;
        boolean negated = operator.negated();
        return record -> {
            String found = field.of(record);
            return found == null ? negated : passes.test(found) != negated;
        };
    }

    private static Predicate<String> search(Pattern pattern) {
        return text -> pattern.matcher(text).find();
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return field.written + operator.written + value;
    }
}
