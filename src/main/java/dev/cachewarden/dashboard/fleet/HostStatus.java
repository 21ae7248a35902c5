package dev.cachewarden.dashboard.fleet;

import java.time.Instant;
import java.util.Locale;

/**
 * How a host is, at a glance.
 *
 * @param level by which it is shaped, coloured and sorted
 * @param word a word or two, such as {@code Healthy} or {@code No answer}
 * @param detail a sentence for the person who has to do something; empty where there is nothing to say
 * @param since when this began
 */
public record HostStatus(Level level, String word, String detail, Instant since) {

    /** Levels, the worst first. A host is healthy only if its cache and its disk were both measured. */
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

        /** Tells the level without colour. */
        public String shape() {
            return shape;
        }

        /** As it is written in addresses and class names. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Returns whether the figures of the host are up to date. */
    public boolean current() {
        return level != Level.BAD && level != Level.UNKNOWN;
    }
}
