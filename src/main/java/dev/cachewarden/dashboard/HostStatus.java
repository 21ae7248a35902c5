package dev.cachewarden.dashboard;

import java.time.Instant;
import java.util.Locale;

/**
 * The status of a host.
 *
 * @param level level, which determines the shape, the color, and the position in sorted lists
 * @param word label of one or two words, such as {@code Healthy} or {@code Timed out}
 * @param detail sentence for the user who has to fix the problem, or an empty string if there is none
 * @param since start of this status
 */
public record HostStatus(Level level, String word, String detail, Instant since) {

    /** The levels, worst first. A host is healthy only if its cache and its disk were both measured. */
    public enum Level {
        BAD("✕", "unreachable"),
        WARN("▲", "nearly full"),
        UNKNOWN("◌", "unknown"),
        /** The host responds, but its free disk space is unknown. */
        DISK_UNKNOWN("○", "disk unknown"),
        OK("●", "healthy");

        private final String shape;
        private final String label;

        Level(String shape, String label) {
            this.shape = shape;
            this.label = label;
        }

        /** Returns the lowercase label of this level in lists and filters. */
        public String label() {
            return label;
        }

        /** Returns a symbol that identifies the level without color. */
        public String shape() {
            return shape;
        }

        /** Returns the name of this level in URLs and CSS class names. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Returns whether the figures of the host are up to date. */
    public boolean current() {
        return level != Level.BAD && level != Level.UNKNOWN;
    }
}
