package dev.cachewarden.prune.plan.rule;

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
 * <p>Regular expressions are of RE2, BuildKit's own dialect, and search: without anchors they match any part. They run in linear time
 * whatever they are. A record without the field (only cache mounts have a target and an id) passes the negated operators only.
 *
 * @param value what to compare with; a regular expression with {@code ~=} and {@code !~=}
 */
public record Filter(Field field, Operator operator, String value) {

    private static final int LONGEST = 1_000;

    /** Instructions of one regular expression. */
    private static final long LARGEST = 3_000;

    /** What of a record is looked at. */
    public enum Field {
        ID("id"),
        TYPE("type"),
        DESCRIPTION("description"),
        /** Where a cache mount is mounted. */
        MOUNT_TARGET("mountTarget"),
        /** The id of a cache mount; its target where it was given none. */
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

    /** How it is compared. */
    public enum Operator {
        // Longest first: so they are looked for.
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
            throw new IllegalArgumentException("A filter has at most " + LONGEST + " characters");
        }
        if (operator.regex()) {
            if (PatternSize.of(value) > LARGEST) {
                throw new IllegalArgumentException("'" + value
                        + "' is too large: its repetitions, written out, have more than " + LARGEST + " parts");
            }
            compile(value);
        }
    }

    /** Returns how much memory it takes, in instructions of its regular expression. */
    public long size() {
        return operator.regex() ? PatternSize.of(value) : 1;
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + regex + "' is not a regular expression: " + e.getDescription(), e);
        }
    }

    /**
     * Reads a filter; {@code =} is taken for {@code ==}.
     *
     * @throws IllegalArgumentException with a message for the person who wrote it
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
        throw new IllegalArgumentException("'" + trimmed
                + "' has no comparison; write ==, != or, for regular expressions, ~= or !~= after the field");
    }

    private static Filter of(Field field, Operator operator, String value, String text) {
        String trimmed = value.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' compares with nothing; write a value after " + operator.written);
        }
        return new Filter(field, operator, trimmed);
    }

    private static Field field(String name, String text) {
        if (name.toLowerCase(Locale.ROOT).startsWith("label")) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is a label filter; engines accept one and ignore it, which would prune everything, so there is none here");
        }
        for (var field : Field.values()) {
            if (field.written.equalsIgnoreCase(name)) {
                return field;
            }
        }
        String known = Arrays.stream(Field.values()).map(field -> field.written).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + text + "' names no field of a record; there are " + known);
    }

    /** Whether a record passes; made once for many records. */
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

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return field.written + operator.written + value;
    }
}
