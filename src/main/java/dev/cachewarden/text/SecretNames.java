package dev.cachewarden.text;

import java.util.List;
import java.util.Locale;

/** Which names say of their values that they are secret. */
final class SecretNames {

    /** Letters that are looked at; longer names are cut at their beginning. */
    static final int LONGEST = 80;

    /** How they end, without what stands between words. {@code TOKEN_FILE} names a file. */
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

    static boolean saySecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("_pass") || lower.endsWith("-pass") || lower.endsWith("_auth")) {
            return true;
        }
        String letters = lower.replace("_", "").replace("-", "").replace(".", "");
        return ENDS.stream().anyMatch(letters::endsWith);
    }
}
