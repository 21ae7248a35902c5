package dev.cachewarden.rest;

/** Thrown if the current state does not allow the request. Nothing was changed. The response has status 409. */
public final class ConflictException extends RuntimeException {

    /** @param message a sentence that names the conflict and the next step */
    public ConflictException(String message) {
        super(message);
    }
}
