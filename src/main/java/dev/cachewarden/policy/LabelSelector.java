package dev.cachewarden.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on the labels of a host: {@code env=ci,team!=ml,gpu,!retired}. A host must meet all conditions. As in Kubernetes, a host
 * without the label meets {@code !=}. The label {@code @kind} contains the kind of host, {@code docker-engine} or {@code buildkitd}.
 *
 * @param conditions the conditions; if empty, every host matches
 */
public record LabelSelector(List<Condition> conditions) {

    public static final LabelSelector EVERY_HOST = new LabelSelector(List.of());

    /** The label with the kind of a host. Hosts cannot have another label of this name. */
    public static final String KIND = "@kind";

    private static final int MOST = 32;
    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}._-]{1,63}");

    /** The comparison of a condition. */
    public enum Operator {
        EQUALS,
        NOT_EQUALS,
        PRESENT,
        ABSENT
    }

    /**
     * One condition.
     *
     * @param value the value to compare with, or null for PRESENT and ABSENT
     */
    public record Condition(
            String key, Operator operator, @Nullable String value) {

        boolean holds(Map<String, String> labels) {
            String found = labels.get(key);
            return switch (operator) {
                case EQUALS -> found != null && found.equals(value);
                case NOT_EQUALS -> found == null || !found.equals(value);
                case PRESENT -> found != null;
                case ABSENT -> found == null;
            };
        }

        /** Returns whether no host can meet both conditions. */
        private boolean contradicts(Condition other) {
            return key.equals(other.key)
                    && switch (operator) {
                        case EQUALS ->
                            switch (other.operator) {
                                case EQUALS -> !String.valueOf(value).equals(other.value);
                                case NOT_EQUALS -> String.valueOf(value).equals(other.value);
                                case ABSENT -> true;
                                case PRESENT -> false;
                            };
                        case PRESENT -> other.operator == Operator.ABSENT;
                        case NOT_EQUALS, ABSENT -> false;
                    };
        }

        @Override
        public String toString() {
            return switch (operator) {
                case EQUALS -> key + "=" + value;
                case NOT_EQUALS -> key + "!=" + value;
                case PRESENT -> key;
                case ABSENT -> "!" + key;
            };
        }
    }

    public LabelSelector {
        conditions = List.copyOf(conditions);
    }

    /**
     * Parses the format of {@link #toString}. Conditions can also be on separate lines. Blank text selects every host.
     *
     * @throws IllegalArgumentException with a message for the author of the text
     */
    public static LabelSelector parse(String text) {
        var conditions = new ArrayList<Condition>();
        for (String part : text.split("[,\\n]")) {
            if (!part.isBlank()) {
                add(conditions, condition(part.strip()));
            }
        }
        if (conditions.size() > MOST) {
            throw new IllegalArgumentException("has " + conditions.size() + " conditions; the limit is " + MOST);
        }
        return new LabelSelector(conditions);
    }

    private static void add(List<Condition> conditions, Condition next) {
        for (var before : conditions) {
            if (before.contradicts(next) || next.contradicts(before)) {
                throw new IllegalArgumentException(
                        "requires '" + before + "' and '" + next + "', but no host can match both");
            }
        }
        if (!conditions.contains(next)) {
            conditions.add(next);
        }
    }

    private static Condition condition(String text) {
        int at = text.indexOf('=');
        if (at < 0) {
            return text.startsWith("!")
                    ? new Condition(key(text.substring(1), text), Operator.ABSENT, null)
                    : new Condition(key(text, text), Operator.PRESENT, null);
        }
        boolean negated = at > 0 && text.charAt(at - 1) == '!';
        // Kubernetes and BuildKit's filters accept two equals signs for one.
        String value =
                text.substring(text.startsWith("==", at) ? at + 2 : at + 1).strip();
        if (!PART.matcher(value).matches()) {
            throw notACondition(text);
        }
        String key = key(text.substring(0, negated ? at - 1 : at), text);
        return new Condition(key, negated ? Operator.NOT_EQUALS : Operator.EQUALS, value);
    }

    private static String key(String text, String condition) {
        String key = text.strip();
        if (!key.equals(KIND) && !PART.matcher(key).matches()) {
            throw notACondition(condition);
        }
        return key;
    }

    private static IllegalArgumentException notACondition(String text) {
        return new IllegalArgumentException("'" + text
                + "' is not a label condition; use key=value, key!=value, key or !key, with letters, digits, dots, dashes"
                + " and underscores");
    }

    /** Returns whether a host with these labels matches. */
    public boolean matches(Map<String, String> labels) {
        return conditions.stream().allMatch(condition -> condition.holds(labels));
    }

    public boolean everyHost() {
        return conditions.isEmpty();
    }

    /** Returns the form that {@link #parse} reads, which is empty for every host. */
    @Override
    public String toString() {
        return conditions.stream().map(Condition::toString).collect(Collectors.joining(","));
    }
}
