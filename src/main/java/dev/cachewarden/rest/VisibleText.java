package dev.cachewarden.rest;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Characters that cannot be seen, or that change how the text around them is read: controls, marks of the direction of writing, blanks
 * without width, and halves of characters. They are refused in names that people give, and written out where builds bring them in.
 */
public final class VisibleText {

    private VisibleText() {}

    /** Returns whether a text has no such character. */
    public static boolean isVisible(String text) {
        return text.codePoints().noneMatch(VisibleText::isHidden);
    }

    /** Returns the text with such characters written out, as {@code \u202E}. */
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

    /** Returns the text with such characters written out, except line breaks, tabs, and the joiners within letters and emoji. */
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

    /** Returns how a hidden character is written out. */
    static String written(int c) {
        return c <= 0xffff ? "\\u%04X".formatted(c) : "\\u{%X}".formatted(c);
    }

    /** Returns whether a character is hidden, line breaks and tabs included. */
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

    /** Returns whether two names are the same to a reader: without regard to case and to forms of the same letter. */
    public static boolean isSameName(String one, String other) {
        return key(one).equals(key(other));
    }

    private static String key(String name) {
        // Upper case first: some letters, such as ß and ς, have a lower case of their own only.
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Returns what is wrong with a name that a person gives, to go after the name of its field; null if nothing is. */
    public static @Nullable String problem(String name) {
        return name.codePoints()
                .filter(VisibleText::isHidden)
                .mapToObj(c -> "must not contain characters that cannot be seen; it contains " + written(c))
                .findFirst()
                .orElse(null);
    }
}
