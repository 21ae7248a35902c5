package dev.cachewarden.notify.channel;

/** Escapes text for services that interpret Markdown and mentions. */
final class Markdown {

    private static final String SPECIAL = "\\`*_{}[]()<>#+-!|~:";
    private static final char ZERO_WIDTH_SPACE = '\u200B';

    private Markdown() {}

    /** Returns a text that appears as it is, and mentions no user. */
    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
            if (c == '@') {
                escaped.append(ZERO_WIDTH_SPACE);
            }
        }
        return escaped.toString();
    }

    /** Returns a text that mentions no user, for fields that show Markdown as it is. */
    static String withoutMentions(String text) {
        return text.replace("@", "@" + ZERO_WIDTH_SPACE);
    }
}
