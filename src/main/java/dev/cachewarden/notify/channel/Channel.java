package dev.cachewarden.notify.channel;

import java.util.List;

/** The destination of notifications: a service, and the address and credentials for it. */
public sealed interface Channel permits HttpChannel, Email {

    /** Returns the values that must not appear in logs, errors, and pages. */
    List<String> secrets();

    /** Returns a text without the secrets of this channel. */
    default String redact(String text) {
        return Redaction.of(text, secrets());
    }
}
