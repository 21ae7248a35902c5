package dev.cachewarden.rest;

/** The service takes no more of this just now. Answered with status 503 and the time after which to try again. */
public final class BusyException extends RuntimeException {

    /** @param message a sentence: what is too much, and what to do */
    public BusyException(String message) {
        super(message);
    }
}
