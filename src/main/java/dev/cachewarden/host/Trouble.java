package dev.cachewarden.host;

import dev.cachewarden.text.CleanText;
import dev.cachewarden.text.Secrets;

/**
 * What is wrong with a host, told for the person who has to mend it.
 *
 * @param cause by kind, for sorting and counting
 * @param message what happened, to what address, and what to do next; cleaned, cut, and without secrets
 */
public record Trouble(Cause cause, String message) {

    /** A few lines; what a host sends may be part of it. */
    private static final int LONGEST = 2_000;

    public Trouble {
        message = CleanText.line(Secrets.redact(message), LONGEST);
    }

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
        DIFFERENT_ENGINE,
        /** Cachewarden was too busy to wait for the answer properly. Says nothing about the host, and is not kept with it. */
        DELAYED,
        /** The host answered, but the database could not store the reading. */
        NOT_STORED,
        /** Another host reports the same engine ID, and their caches cannot be the same one. */
        ENGINE_CONFLICT
    }
}
