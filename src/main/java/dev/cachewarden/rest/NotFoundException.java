package dev.cachewarden.rest;

/** What was asked for is not there. Answered with status 404. */
public final class NotFoundException extends RuntimeException {

    /** @param message a sentence: what was looked for, and under which id */
    public NotFoundException(String message) {
        super(message);
    }
}
