package dev.cachewarden.text;

import org.jspecify.annotations.Nullable;

/**
 * Redacts text that looks like a secret: credentials in addresses, tokens of known formats, private keys, and values whose names mark them
 * as secret. The kind of the secret in ‹› replaces it, regardless of its value.
 */
public final class Secrets {

    private static final boolean[] MAY_BEGIN = mayBegin();

    private final String text;
    private final NamedValues values;
    private final PrivateKeys keys;

    private Secrets(String text) {
        this.text = text;
        this.values = new NamedValues(text);
        this.keys = new PrivateKeys(text);
    }

    private static boolean[] mayBegin() {
        var may = new boolean[128];
        for (int c = 0; c < may.length; c++) {
            may[c] = c == ':' || c == '=' || c == '-' || c == 'B' || c == 'b' || Tokens.mayBegin(c);
        }
        return may;
    }

    /** Redacts a text. Returns the same text if it contains no secret. */
    public static String redact(String text) {
        return new Secrets(text).redacted();
    }

    private String redacted() {
        StringBuilder redacted = null;
        int done = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            var found = c < 128 && MAY_BEGIN[c] ? at(c, at, done) : null;
            if (found == null || found.from() < done) {
                at++;
            } else {
                redacted = redacted == null ? new StringBuilder(text.length()) : redacted;
                redacted.append(text, done, found.from())
                        .append('‹')
                        .append(found.what())
                        .append('›');
                done = found.to();
                at = done;
            }
        }
        return redacted == null
                ? text
                : redacted.append(text, done, text.length()).toString();
    }

    private @Nullable Found at(char c, int at, int done) {
        return switch (c) {
            case '=' -> values.atEquals(at);
            case ':' -> text.startsWith("//", at + 1) ? Addresses.at(text, at) : values.atColon(at);
            case '-' -> dash(at, done);
            case 'B', 'b' -> values.atBearer(at);
            default -> Tokens.at(text, at);
        };
    }

    private @Nullable Found dash(int at, int done) {
        if (text.startsWith("---", at)) {
            return keys.at(at, done);
        }
        var user = CurlUsers.at(text, at);
        return user != null || Letters.at(text, at + 1) != '-' ? user : values.atFlag(at);
    }
}
