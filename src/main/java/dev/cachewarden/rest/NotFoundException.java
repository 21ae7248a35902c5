package dev.cachewarden.rest;

/** Thrown if the requested resource does not exist. The response has status 404. */
public final class NotFoundException extends RuntimeException {

    /** @param message a sentence that names the kind and the id of the resource */
    public NotFoundException(String message) {
        super(message);
    }
}
