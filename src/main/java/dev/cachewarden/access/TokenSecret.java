package dev.cachewarden.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a token: {@code cw_<prefix>_<secret>}. The secret has about 256 bits of entropy. A plain SHA-256 is therefore a sufficient
 * hash, because the secret cannot be guessed.
 *
 * @param text full text of the token
 * @param prefix its public part
 */
record TokenSecret(String text, String prefix) {

    private static final Pattern FORM = Pattern.compile("cw_(?<prefix>[a-z0-9]{8})_[A-Za-z0-9]{43}");
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String ALL = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    static TokenSecret random(SecureRandom random) {
        var prefix = random(random, LOWER, 8);
        return new TokenSecret("cw_" + prefix + "_" + random(random, ALL, 43), prefix);
    }

    /** Returns a secret without a prefix, for example for the cookie of a browser. */
    static String random(SecureRandom random, int length) {
        return random(random, ALL, length);
    }

    /** Parses a token, or returns empty if the text does not have the format of a token. */
    static Optional<TokenSecret> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TokenSecret(text, matcher.group("prefix"))) : Optional.empty();
    }

    byte[] hash() {
        return hash(text);
    }

    /** Returns the hash that is stored instead of a secret. */
    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime does not provide SHA-256", e);
        }
    }

    static String random(SecureRandom random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .collect(StringBuilder::new, (text, at) -> text.append(letters.charAt(at)), StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return "cw_" + prefix + "_…";
    }
}
