package dev.cachewarden.configfile;

import java.util.List;
import java.util.Locale;

/**
 * A past or pending change of one host, policy, pin, or channel by a configuration file, as text.
 *
 * @param name name of the host, policy, or channel, or the filter of the pin
 * @param details changed fields; may be empty
 */
public record ConfigChange(Kind kind, String name, Action action, List<Detail> details) {

    /** The kind of resource that changes. */
    public enum Kind {
        HOST,
        POLICY,
        PIN,
        CHANNEL,
        ALERT_RULE;

        /** Returns the kind as text: {@code alert rule}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The kind of change. */
    public enum Action {
        ADDED("is added"),
        CHANGED("is changed"),
        /** A user created the resource. From now on the file manages it. */
        TAKEN_OVER("was created manually and is taken over by the file"),
        /**
         * The file no longer contains the resource. A host, a pin, or a channel stays unchanged, and a policy is disabled. Users
         * can edit it again.
         */
        RELEASED("is no longer in the file and is released");

        private final String words;

        Action(String words) {
            this.words = words;
        }

        /** Returns the text that follows the name. */
        public String words() {
            return words;
        }
    }

    /**
     * One changed field.
     *
     * @param what label of the field as on pages
     * @param before value before the change as text; empty if there was none
     * @param after value after the change as text; empty if there is none
     */
    public record Detail(String what, String before, String after) {}

    public ConfigChange {
        details = List.copyOf(details);
    }

    /** Returns the change as text for the log: {@code policy nightly is added}. */
    public String words() {
        return kind.words() + " " + name + " " + action.words();
    }
}
