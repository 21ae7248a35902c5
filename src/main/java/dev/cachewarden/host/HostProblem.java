package dev.cachewarden.host;

import dev.cachewarden.text.CleanText;
import dev.cachewarden.text.Secrets;

/**
 * A problem of a host, described for the user who can fix it.
 *
 * @param cause kind of the problem, for sorting and counting
 * @param message what happened, at which address, and what to do; sanitized, truncated, and without secrets
 */
public record HostProblem(Cause cause, String message) {

    /** The maximum length, a few lines; the message may contain text from a host. */
    private static final int LONGEST = 2_000;

    public HostProblem {
        message = CleanText.line(Secrets.redact(message), LONGEST);
    }

    /** The kinds of problems with a host. */
    public enum Cause {
        /** No server listens at the address, or there is no such socket file. */
        REFUSED,
        /** The name does not resolve, or there is no network route. */
        NO_ROUTE,
        /** The socket file may not be opened, or the engine denies access. */
        FORBIDDEN,
        /** No complete answer arrived within the time limit. */
        TIMEOUT,
        /** The TLS handshake failed: a wrong, missing, or expired certificate, or an unencrypted port. */
        TLS,
        /** The server at the address is neither a Docker Engine nor a buildkitd. */
        NOT_AN_ENGINE,
        /** The engine is too old or too new for every supported API version. */
        UNSUPPORTED_VERSION,
        /** The answer was incomplete, unreadable, or larger than allowed. */
        BAD_ANSWER,
        /** The engine answered with an error. */
        ENGINE_ERROR,
        /** A different engine responded than the registered one. */
        DIFFERENT_ENGINE,
        /** Cachewarden was too busy to wait for the answer properly. This is not a problem of the host, and is not stored. */
        DELAYED,
        /** The host answered, but the database could not store the reading. */
        NOT_STORED,
        /** Another host reports the same engine ID, and their caches cannot be the same one. */
        ENGINE_CONFLICT
    }
}
