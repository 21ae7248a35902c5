package dev.cachewarden.progress.format;

import dev.cachewarden.progress.Vertex;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parses {@code <id>[ <current>[ / <total>]][ <seconds>s][ done]} from its end, because an ID may contain any text. */
final class StatusLine {

    private String rest;

    private StatusLine(String text) {
        rest = text;
    }

    static Vertex.Status parse(String text) {
        return new StatusLine(text).parse();
    }

    private Vertex.Status parse() {
        boolean done = take(" done");
        Duration duration = duration();
        long last = size();
        long current = Math.max(0, last);
        long total = 0;
        if (last >= 0 && take(" /")) {
            long first = size();
            if (first >= 0) {
                total = last;
                current = first;
            } else {
                rest += " /";
            }
        }
        return new Vertex.Status(rest, current, total, done ? duration : null, done);
    }

    private boolean take(String end) {
        boolean ends = rest.endsWith(end) && rest.length() > end.length();
        if (ends) {
            rest = rest.substring(0, rest.length() - end.length());
        }
        return ends;
    }

    /** Returns the duration, or zero if it is missing, because BuildKit omits times of a hundredth of a second and less. */
    private Duration duration() {
        String word = lastWord();
        var duration = word == null ? null : Figures.seconds(word);
        if (word != null && duration != null) {
            take(" " + word);
        }
        return duration == null ? Duration.ZERO : duration;
    }

    private long size() {
        String word = lastWord();
        long bytes = word == null ? -1 : Figures.bytes(word);
        if (word != null && bytes >= 0) {
            take(" " + word);
        }
        return bytes;
    }

    private @Nullable String lastWord() {
        int space = rest.lastIndexOf(' ');
        return space <= 0 ? null : rest.substring(space + 1);
    }
}
