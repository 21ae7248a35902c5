package dev.cachewarden.progress.log;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What there is in something that should have been a log of a build, told to who sent it. */
final class FoundInstead {

    private static final int SHOWN = 80;
    private static final int LOOKED_AT = 400;

    private @Nullable String first;
    private boolean terminal;
    private boolean classic;

    void line(byte[] bytes, int from, int to) {
        String line = new String(bytes, from, Math.min(LOOKED_AT, to - from), StandardCharsets.UTF_8).strip();
        if (first == null && !line.isEmpty()) {
            first = line;
        }
        terminal |= line.contains("[+] Building ") || line.contains("=> [") || line.startsWith("=> ");
        classic |= line.startsWith("Step 1/") && line.contains(" : ");
    }

    @Override
    public String toString() {
        return what() + " Expected is what a build with BuildKit prints with --progress=plain or --progress=rawjson,"
                + " as it is or compressed with gzip.";
    }

    private String what() {
        if (first == null) {
            return "There is nothing in it.";
        }
        if (terminal) {
            return "This is a part of what a build shows on a terminal, without any step: copy all of it, with its header and"
                    + " the lines below.";
        }
        if (classic) {
            return "This is what the classic builder prints, which has no cache records: build with DOCKER_BUILDKIT=1.";
        }
        if (first.chars().anyMatch(c -> (c < ' ' && c != '\t' && c != 0x1b) || c == 0xFFFD)) {
            return "This is no text.";
        }
        return "No step of a build is in it. It begins with: "
                + (first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first);
    }
}
