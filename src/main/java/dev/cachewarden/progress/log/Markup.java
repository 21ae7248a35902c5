package dev.cachewarden.progress.log;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of a log that was copied as HTML or Markdown: removes tags, replaces character references, and removes the backslashes before
 * signs.
 */
final class Markup {

    private static final byte[] ARROW = ascii("=&gt; ");

    /** The known tags. Other words in angle brackets are text. */
    private static final Set<String> TAGS = Set.of(
            "a", "b", "body", "br", "code", "div", "em", "font", "html", "i", "li", "mark", "ol", "p", "pre", "samp",
            "small", "span", "strong", "table", "tbody", "td", "th", "tr", "tt", "u", "ul");

    /** The tags whose end also ends a line. */
    private static final Set<String> LINES = Set.of("div", "li", "p", "tr");

    private static final Map<String, Character> CHARACTERS =
            Map.of("lt", '<', "gt", '>', "amp", '&', "quot", '"', "apos", '\'', "nbsp", ' ');

    /** The signs that Markdown escapes. */
    private static final String ESCAPED = "\\`*_[]#+<>~";

    private static final int LONGEST_TAG = 400;
    private static final int LONGEST_NAME = 8;

    private byte[] text = {};
    private int size;
    private boolean found;
    private boolean markdown;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns true if the lines are HTML or Markdown. */
    boolean isFound() {
        return found;
    }

    /** Checks whether a line of a build is HTML or Markdown. If it is, all later lines are, too. */
    void find(byte[] line, int from, int to) {
        int first = from;
        while (first < to && (line[first] == ' ' || line[first] == '\t')) {
            first++;
        }
        if (first == to || line[first] == '{') {
            return;
        }
        boolean arrow = holdsArrow(line, first, to);
        if (arrow || afterTag(line, first, to) > first || endsWithTag(line, first, to)) {
            read(line, first, to);
            int anchor = Anchor.in(text, 0, size);
            found = arrow ? anchor >= 0 : anchor == 0;
        } else if (holdsEscapedBracket(line, first, to) && Anchor.in(line, first, to) < 0) {
            withoutBackslashes(line, first, to);
            found = Anchor.in(text, 0, size) >= 0;
            markdown = found;
        }
    }

    private static boolean holdsEscapedBracket(byte[] line, int from, int to) {
        int end = Math.min(to, from + Anchor.LONGEST_BEFORE);
        for (int i = from; i + 1 < end; i++) {
            if (line[i] == '\\' && line[i + 1] == '[') {
                return true;
            }
        }
        return false;
    }

    private void withoutBackslashes(byte[] line, int from, int to) {
        begin(to - from);
        int at = from;
        while (at < to) {
            boolean escaped = line[at] == '\\' && at + 1 < to && ESCAPED.indexOf(line[at + 1]) >= 0;
            at = copied(line, escaped ? at + 1 : at);
        }
    }

    private void begin(int length) {
        if (text.length < length) {
            text = new byte[length];
        }
        size = 0;
    }

    /** Returns true if a line contains an arrow, because a step of a view may also follow a prefix. */
    private static boolean holdsArrow(byte[] line, int from, int to) {
        int end = Math.min(to, from + Anchor.LONGEST_BEFORE) - ARROW.length;
        for (int i = from; i <= end; i++) {
            if (line[i] == '=' && Formats.begins(line, i, to, ARROW)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithTag(byte[] line, int from, int to) {
        int end = to;
        while (end > from && (line[end - 1] == ' ' || line[end - 1] == '\r')) {
            end--;
        }
        if (end == from || line[end - 1] != '>') {
            return false;
        }
        for (int i = end - 1; i >= Math.max(from, end - LONGEST_TAG); i--) {
            if (line[i] == '<') {
                return afterTag(line, i, end) == end;
            }
        }
        return false;
    }

    byte[] bytes() {
        return text;
    }

    /** Reads a line, which tags may split into several lines. Returns the length of the result, with line feeds between the lines. */
    int read(byte[] line, int from, int to) {
        if (markdown) {
            withoutBackslashes(line, from, to);
            return size;
        }
        begin(to - from);
        boolean ended = false;
        int at = from;
        while (at < to) {
            int behind = line[at] == '<' ? afterTag(line, at, to) : at;
            if (behind > at) {
                ended |= size > 0 && endsLine(line, at, behind);
                at = behind;
                continue;
            }
            if (ended && line[at] != '\r') {
                text[size++] = '\n';
                ended = false;
            }
            at = line[at] == '&' ? named(line, at, to) : copied(line, at);
        }
        return size;
    }

    private int copied(byte[] line, int at) {
        text[size++] = line[at];
        return at + 1;
    }

    private int named(byte[] line, int from, int to) {
        int end = from + 1;
        while (end < to && end - from <= LONGEST_NAME && line[end] != ';') {
            end++;
        }
        if (end >= to || line[end] != ';') {
            return copied(line, from);
        }
        int character = character(new String(line, from + 1, end - from - 1, StandardCharsets.ISO_8859_1));
        if (character < 0) {
            return copied(line, from);
        }
        // A reference is never shorter than the bytes of its character.
        byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, text, size, bytes.length);
        size += bytes.length;
        return end + 1;
    }

    /** Returns the character, or a negative number if the name is unknown. */
    private static int character(String name) {
        var named = CHARACTERS.get(name);
        if (named != null) {
            return named;
        }
        if (!name.startsWith("#")) {
            return -1;
        }
        boolean hexadecimal = name.startsWith("x", 1) || name.startsWith("X", 1);
        try {
            int code = hexadecimal ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            boolean scalar = code >= ' ' && Character.isValidCodePoint(code) && !isSurrogate(code);
            return code == 0xA0 ? ' ' : scalar ? code : -1;
        } catch (NumberFormatException e) {
            // The text after the hash is not a number.
            return -1;
        }
    }

    private static boolean isSurrogate(int code) {
        return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    }

    /** Returns the position after a tag, or {@code from} if there is none. */
    private static int afterTag(byte[] line, int from, int to) {
        String name = name(line, from, to);
        if (name == null || !TAGS.contains(name)) {
            return from;
        }
        for (int i = from; i < Math.min(to, from + LONGEST_TAG); i++) {
            if (line[i] == '>') {
                return i + 1;
            }
        }
        return from;
    }

    private static boolean endsLine(byte[] line, int from, int to) {
        String name = name(line, from, to);
        return name != null && (name.equals("br") || (line[from + 1] == '/' && LINES.contains(name)));
    }

    private static @Nullable String name(byte[] line, int from, int to) {
        if (from >= to || line[from] != '<') {
            return null;
        }
        int begin = from + 1 < to && line[from + 1] == '/' ? from + 2 : from + 1;
        int end = begin;
        while (end < to && end - begin <= LONGEST_NAME && Character.isLetter((char) line[end])) {
            end++;
        }
        boolean ends = end < to && (line[end] == '>' || line[end] == ' ' || line[end] == '/');
        return ends ? new String(line, begin, end - begin, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT) : null;
    }
}
