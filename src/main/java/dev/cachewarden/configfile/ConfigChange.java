package dev.cachewarden.configfile;

import java.util.List;
import java.util.Locale;

/**
 * What applying a configuration file does, or did, to one host, policy, or pin, in words.
 *
 * @param name of the host or policy, or the filter of the pin
 * @param details field by field; may be empty
 */
public record ConfigChange(Kind kind, String name, Action action, List<Detail> details) {

    /** What it is done to. */
    public enum Kind {
        HOST,
        POLICY,
        PIN
    }

    /** What is done. */
    public enum Action {
        ADDED("is added"),
        CHANGED("is changed"),
        /** Somebody made it by hand; from now on it is the file's. */
        TAKEN_OVER("was made by hand and is taken over by the file"),
        /** The file says it no longer. A host and a pin stay as they are, a policy is switched off; people may change both again. */
        RELEASED("is no longer in the file and is given back to people");

        private final String words;

        Action(String words) {
            this.words = words;
        }

        /** What goes on after a name. */
        public String words() {
            return words;
        }
    }

    /**
     * One field.
     *
     * @param what as a page calls it
     * @param before in words; empty: it had none
     * @param after likewise
     */
    public record Detail(String what, String before, String after) {}

    public ConfigChange {
        details = List.copyOf(details);
    }

    /** As a log tells it: {@code policy nightly is added}. */
    public String words() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name + " " + action.words();
    }
}
