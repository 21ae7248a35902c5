package dev.cachewarden.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds tokens that their prefix identifies. */
final class Tokens {

    private static final String JWT = "eyJ";
    private static final int SHORTEST_OF_JWT = 10;

    /**
     * A format of tokens.
     *
     * @param rest minimum number of characters after the prefix
     */
    private record Shape(String prefix, int rest, String what) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape("ghp_", 36, "github-token"),
            new Shape("gho_", 36, "github-token"),
            new Shape("ghu_", 36, "github-token"),
            new Shape("ghs_", 36, "github-token"),
            new Shape("ghr_", 36, "github-token"),
            new Shape("github_pat_", 22, "github-token"),
            new Shape("glpat-", 20, "gitlab-token"),
            new Shape("gldt-", 20, "gitlab-token"),
            new Shape("glrt-", 20, "gitlab-token"),
            new Shape("glcbt-", 20, "gitlab-token"),
            new Shape("glptt-", 20, "gitlab-token"),
            new Shape("AKIA", 16, "aws-key-id"),
            new Shape("ASIA", 16, "aws-key-id"),
            new Shape("npm_", 36, "npm-token"),
            new Shape("pypi-AgE", 50, "pypi-token"),
            new Shape("dckr_pat_", 20, "docker-token"),
            new Shape("dckr_oat_", 20, "docker-token"),
            new Shape("xoxb-", 20, "slack-token"),
            new Shape("xoxa-", 20, "slack-token"),
            new Shape("xoxp-", 20, "slack-token"),
            new Shape("xoxr-", 20, "slack-token"),
            new Shape("xoxs-", 20, "slack-token"),
            new Shape("xapp-", 20, "slack-token"),
            new Shape("AIza", 35, "google-api-key"),
            new Shape("hf_", 34, "hugging-face-token"),
            new Shape("sk_live_", 20, "stripe-key"),
            new Shape("cw_", 30, "cachewarden-token"));

    /** The formats by their first character. */
    private static final List<List<Shape>> BY_FIRST = byFirst();

    private Tokens() {}

    private static List<List<Shape>> byFirst() {
        List<List<Shape>> all = new ArrayList<>();
        for (int c = 0; c < 128; c++) {
            int first = c;
            all.add(SHAPES.stream()
                    .filter(shape -> shape.prefix().charAt(0) == first)
                    .toList());
        }
        return all;
    }

    static boolean mayBegin(int c) {
        return !BY_FIRST.get(c).isEmpty() || c == JWT.charAt(0);
    }

    static @Nullable Found at(String text, int from) {
        // Check only at the start of a word, or a long word would be read once for each token that may begin in it.
        if (Letters.isWord(Letters.at(text, from - 1))) {
            return null;
        }
        for (var shape : BY_FIRST.get(text.charAt(from))) {
            if (text.startsWith(shape.prefix(), from)) {
                int rest = from + shape.prefix().length();
                int end = afterWord(text, rest);
                return end - rest < shape.rest() || !hasValidAlphabet(shape, text, rest, end)
                        ? null
                        : new Found(from, end, shape.what());
            }
        }
        return text.startsWith(JWT, from) ? jwt(text, from) : null;
    }

    /**
     * Returns false for an AWS key ID of another form. Such IDs consist of capital letters and digits and have a fixed length; other text
     * with the same prefix is a normal word.
     */
    private static boolean hasValidAlphabet(Shape shape, String text, int from, int to) {
        return !shape.what().equals("aws-key-id")
                || (to - from == shape.rest()
                        && text.substring(from, to)
                                .chars()
                                .allMatch(c -> Letters.isDigit((char) c) || (c >= 'A' && c <= 'Z')));
    }

    /** Finds a JWT: three parts separated by dots. The first part is JSON, and the signature may be empty. */
    private static @Nullable Found jwt(String text, int from) {
        int first = afterWord(text, from);
        if (first - from < SHORTEST_OF_JWT || Letters.at(text, first) != '.') {
            return null;
        }
        int second = afterWord(text, first + 1);
        return second - first < SHORTEST_OF_JWT || Letters.at(text, second) != '.'
                ? null
                : new Found(from, afterWord(text, second + 1), "jwt");
    }

    private static int afterWord(String text, int from) {
        int at = from;
        while (at < text.length() && Letters.isWord(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
