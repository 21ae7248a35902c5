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

    /** The worst first. */
    public enum Level {
        BAD("✕"),
        WARN("▲"),
        UNKNOWN("◌"),
        OK("●");

        private final String shape;

        Level(String shape) {
            this.shape = shape;
        }

        /** Tells the level without colour. */
        public String shape() {
            return shape;
        }

        /** As it is written in addresses and class names. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether its figures are of now. */
    public boolean current() {
        return level == Level.OK || level == Level.WARN;
    }
}
