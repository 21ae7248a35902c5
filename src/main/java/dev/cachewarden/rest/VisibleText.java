package dev.cachewarden.rest;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Detects and escapes characters that are invisible, or that change how the surrounding text is displayed. They are control characters,
 * bidirectional marks, zero-width characters, and unpaired surrogates. Cachewarden rejects them in names that users enter, and escapes them
 * in text that comes from builds.
 */
public final class VisibleText {

    private VisibleText() {}

    /** Returns whether a text has no such character. */
    public static boolean isVisible(String text) {
        return text.codePoints().noneMatch(VisibleText::isHidden);
    }

    /** Returns the text with such characters escaped, as {@code \u202E}. */
    public static String of(String text) {
        if (isVisible(text)) {
            return text;
        }
        var visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                visible.append(written(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** Returns the text with such characters escaped, except line breaks, tabs, and the joiners within letters and emoji. */
    public static String ofLines(String text) {
        if (text.codePoints().noneMatch(VisibleText::isHiddenInLines)) {
            return text;
        }
        var visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHiddenInLines(c)) {
                visible.append(written(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    static boolean isHiddenInLines(int c) {
        return c != '\n' && c != '\r' && c != '\t' && c != 0x200c && c != 0x200d && isHidden(c);
    }

    /** Returns the escape sequence of a hidden character. */
    static String written(int c) {
        return c <= 0xffff ? "\\u%04X".formatted(c) : "\\u{%X}".formatted(c);
    }

    /** Returns whether a character is hidden. Line breaks and tabs count as hidden. */
    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT -> true;
            default -> c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
        };
    }

    /** Returns whether two names look the same to a reader. The comparison ignores case and variant forms of the same letter (NFKC). */
    public static boolean isSameName(String one, String other) {
        return key(one).equals(key(other));
    }

    /** Returns a name as {@link #isSameName} compares it. */
    public static String key(String name) {
        // Upper case first: some letters, such as ß and ς, have only a lower case of their own.
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the error in a name that a user enters, as the continuation of its field name, or null if the name is valid. */
    public static @Nullable String problem(String name) {
        return name.codePoints()
                .filter(VisibleText::isHidden)
                .mapToObj(c -> "must not contain invisible characters; it contains " + written(c))
                .findFirst()
                .orElse(null);
    }
}
