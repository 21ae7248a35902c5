package dev.cachewarden.rest.openapi;

import java.util.regex.Pattern;

/** Javadoc as Markdown, the format of descriptions in an OpenAPI document. */
final class ApiText {

    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+(?:[^\\s}]+\\s+)?([^}]+)}");
    private static final Pattern CODE = Pattern.compile("<code>(.*?)</code>", Pattern.DOTALL);
    private static final Pattern PARAGRAPH = Pattern.compile("\\s*<p>\\s*");
    private static final Pattern SPACES = Pattern.compile("[ \\t]*\\n[ \\t]*(?!\\n)");

    private ApiText() {}

    /** Returns a comment as sentences: with a capital letter at the start, and a period at the end. */
    static String ofJavadoc(String comment) {
        String text = LINK.matcher(comment).replaceAll("$1");
        text = CODE.matcher(text).replaceAll("`$1`");
        text = SPACES.matcher(text).replaceAll(" ");
        text = PARAGRAPH.matcher(text).replaceAll("\n\n");
        text = text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .strip();
        if (text.isEmpty()) {
            return text;
        }
        String sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return ".!?".indexOf(sentence.charAt(sentence.length() - 1)) < 0 ? sentence + "." : sentence;
    }
}
