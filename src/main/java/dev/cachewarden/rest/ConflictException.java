package dev.cachewarden.rest;

/** The state of things does not allow what was asked; nothing was changed. Answered with status 409. */
public final class ConflictException extends RuntimeException {

    /** @param message a sentence: what stands in the way, and what to do next */
    public ConflictException(String message) {
        super(message);
    }
}
