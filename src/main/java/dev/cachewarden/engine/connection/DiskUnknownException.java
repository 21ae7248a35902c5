package dev.cachewarden.engine.connection;

import org.jspecify.annotations.Nullable;

/** Thrown when a disk could not be measured. The message states what happened, where, and what to do. */
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

    /** Returns a text from another system in a form that fits into a message: on one line and limited to 200 characters. */
    static String singleLine(@Nullable String text) {
        String clean = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= MOST_SAID ? clean : clean.substring(0, MOST_SAID) + "…";
    }
}
