package dev.cachewarden.host;

/**
 * What is wrong with a host, told for the person who has to mend it.
 *
 * @param cause by kind, for sorting and counting
 * @param message what happened, to what address, and what to do next
 */
public record Trouble(Cause cause, String message) {

    /** The kinds of trouble with a host. */
    public enum Cause {
        /** Nobody listens at the address, or there is no such socket file. */
        REFUSED,
        /** The name does not resolve, or no way leads there. */
        NO_ROUTE,
        /** The socket file may not be opened, or the engine denies access. */
        FORBIDDEN,
        /** No whole answer came within the time allowed. */
        TIMEOUT,
        /** The TLS handshake failed: a wrong, missing or outdated certificate, or a port that speaks plain. */
        TLS,
        /** Something answers that is no Docker Engine and no buildkitd. */
        NOT_AN_ENGINE,
        /** The engine is too old, or too new, for every API version known here. */
        UNSUPPORTED_VERSION,
        /** The answer was cut, not readable, or larger than allowed. */
        BAD_ANSWER,
        /** The engine answered with an error. */
        ENGINE_ERROR,
        /** Another engine answers there than the one that was registered. */
        DIFFERENT_ENGINE
    }
}
