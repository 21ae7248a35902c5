package dev.cachewarden.progress;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the stages and images that are sources of an instruction's files: {@code COPY --from=build …},
 * {@code RUN --mount=type=bind,from=build,…}.
 */
final class CopySources {

    private static final String FROM = "from=";

    private CopySources() {}

    /** Returns the names as the instruction contains them. It reads only the flags, which precede the other words. */
    static List<String> of(String name) {
        String[] words = name.substring(name.indexOf(']') + 1).strip().split("\\s+", 0);
        List<String> sources = new ArrayList<>();
        int word = words.length > 0 && words[0].equals("ONBUILD") ? 2 : 1;
        while (word < words.length && words[word].startsWith("--")) {
            add(words[word], sources);
            word++;
        }
        return sources;
    }

    private static void add(String flag, List<String> sources) {
        String value = flag.startsWith("--mount=") ? flag.substring("--mount=".length()) : flag.substring(2);
        for (String part : value.split(",", 0)) {
            if (part.startsWith(FROM)) {
                sources.add(part.substring(FROM.length()).replaceAll("^[\"']|[\"']$", ""));
            }
        }
    }
}
