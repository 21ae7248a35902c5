package dev.cachewarden.build.step;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a COPY or ADD takes from where.
 *
 * @param from what {@code --from} names; null: the context, or an address
 * @param sources without the target; as written
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

    /** The sources without those that go along with anything, such as a {@code README.md} that a {@code pyproject.toml} names. */
    List<String> telling() {
        var telling =
                sources.stream().filter(source -> !COMPANION.matches(source)).toList();
        return telling.isEmpty() ? sources : telling;
    }

    /** Without the marks of the form {@code ["a", "b"]}. */
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
