package dev.cachewarden.build.steps;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a COPY or ADD.
 *
 * @param from value of {@code --from}, or null for the build context or a URL
 * @param sources sources as written, without the target
 */
record CopiedFiles(@Nullable String from, List<String> sources) {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern COMPANION = Pattern.compile("(?:.*/)?(?:README|LICEN[CS]E|NOTICE|CHANGELOG)[^/]*");
    private static final String FROM = "--from=";

    static CopiedFiles of(String text) {
        String plain = text.startsWith("ONBUILD ") ? text.substring("ONBUILD ".length()) : text;
        var words = new ArrayList<>(List.of(BLANKS.split(plain)));
        words.removeFirst();
        String from = null;
        while (!words.isEmpty() && words.getFirst().startsWith("--")) {
            String flag = words.removeFirst();
            from = flag.startsWith(FROM) ? flag.substring(FROM.length()) : from;
        }
        List<String> sources = new ArrayList<>(words.size());
        for (String word : words) {
            String source = bare(word);
            if (!source.isEmpty()) {
                sources.add(source);
            }
        }
        if (sources.size() > 1) {
            sources.removeLast();
        }
        return new CopiedFiles(from, List.copyOf(sources));
    }

    /**
     * Returns the sources without files that accompany any other files, such as a {@code README.md} that a {@code pyproject.toml} refers
     * to.
     */
    List<String> withoutCompanions() {
        var telling =
                sources.stream().filter(source -> !COMPANION.matches(source)).toList();
        return telling.isEmpty() ? sources : telling;
    }

    /** Returns a word without the punctuation of the form {@code ["a", "b"]}. */
    private static String bare(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && "[\",".indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "]\",".indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }
}
