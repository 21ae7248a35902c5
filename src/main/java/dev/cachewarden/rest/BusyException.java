package dev.cachewarden.rest;

/** Thrown if the service accepts no more requests of this kind at the moment. The response has status 503 and a Retry-After header. */
public final class BusyException extends RuntimeException {

    /** @param message a sentence that names the exceeded limit and the next step */
    public BusyException(String message) {
        super(message);
    }
}
