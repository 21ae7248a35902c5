package dev.cachewarden.engine.disk;

import org.jspecify.annotations.Nullable;

/** A disk could not be measured. The message says what happened, to what, and what to do next. */
final class DiskUnknownException extends Exception {

    private static final int MOST_SAID = 200;

    DiskUnknownException(String message) {
        super(message);
    }

    DiskUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    /** What somebody else said, fit to stand within a message. */
    static String said(@Nullable String text) {
        String clean = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= MOST_SAID ? clean : clean.substring(0, MOST_SAID) + "…";
    }
}
