package dev.cachewarden.notify.channel;

import dev.cachewarden.text.Secrets;
import java.net.URI;
import java.util.Comparator;
import java.util.List;

/** Replaces the secrets of channels. */
final class Redaction {

    /** Shorter values occur in usual text. */
    private static final int SHORTEST = 4;

    private static final int SHOWN = 4;

    private Redaction() {}

    static String of(String text, List<String> secrets) {
        var redacted = text;
        var longestFirst = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (var secret : longestFirst) {
            redacted = redacted.replace(secret, "‹secret›");
        }
        return Secrets.redact(redacted);
    }

    /** Returns the host of a URL, and its last four characters. */
    static String url(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + "/" + end(url.toString());
    }

    /** Returns the last four characters of a secret that is long enough to stay secret without them. */
    static String end(String secret) {
        return secret.length() < 3 * SHOWN ? "…" : "…" + secret.substring(secret.length() - SHOWN);
    }
}
