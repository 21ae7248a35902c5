package dev.cachewarden.text;

import java.util.List;
import java.util.Locale;

/** Recognizes names whose values are secret. */
final class SecretNames {

    /** The maximum number of characters to check; longer names are cut at their beginning. */
    static final int LONGEST = 80;

    /** The endings of such names, without the separators between words. {@code TOKEN_FILE} names a file. */
    private static final List<String> ENDS = List.of(
            "token",
            "password",
            "passwd",
            "passphrase",
            "secret",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "signingkey",
            "encryptionkey",
            "credential",
            "credentials");

    private SecretNames() {}

    static boolean nameSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("_pass") || lower.endsWith("-pass") || lower.endsWith("_auth")) {
            return true;
        }
        String letters = lower.replace("_", "").replace("-", "").replace(".", "");
        return ENDS.stream().anyMatch(letters::endsWith);
    }
}
