package dev.cachewarden.progress.plain;

import dev.cachewarden.progress.builds.Builds;

/** Reads a log line by line: tells lines of a vertex from what else the log holds. */
public final class PlainReader {

    private static final String RULE = "------";

    private final Blocks blocks;

    /** What BuildKit prints at the end of those that failed: their last lines once more. */
    private enum Summary {
        NONE,
        /** Behind the first rule. */
        OPENED,
        /** Behind the name; all is a repetition up to the next rule. */
        REPEATING
    }

    private Summary summary = Summary.NONE;

    public PlainReader(Builds builds) {
        this.blocks = new Blocks(builds);
    }

    /** Whether a line is the header of a vertex, or what buildx prints before the first. */
    public static boolean mayBegin(byte[] text, int from, int to) {
        int end = from < to && text[from] == '#' ? Scan.afterDigits(text, from + 1, to) : from;
        return end > from + 1 && end + 1 < to && text[end] == ' ';
    }

    /** Takes a line, without its end; a carriage return may be left. */
    public void line(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] == '\r') {
            end--;
        }
        // Blanks behind a line are some tool's padding, but for what steps printed, which may end in blanks of its own.
        int stripped = end;
        while (stripped > from && (text[stripped - 1] == ' ' || text[stripped - 1] == '\t')) {
            stripped--;
        }
        read(text, from, stripped == from || isRule(text, from, stripped) ? stripped : end);
    }

    /** No more will come. */
    public void end() {
        blocks.end();
    }

    private static boolean isRule(byte[] text, int from, int to) {
        return Scan.is(text, from, to, RULE);
    }

    /** Takes a line of which it is known that it is not the output of a step, nor goes on with an error. */
    public void aside(byte[] text, int from, int to) {
        if (blocks.isBetween()) {
            blocks.other(text, from, to);
        }
    }

    private void read(byte[] text, int from, int to) {
        if (from == to) {
            summary = Summary.NONE;
            blocks.blank();
        } else if (summary == Summary.NONE || !repeats(text, from, to)) {
            int number = text[from] == '#' ? number(text, from, to) : -1;
            if (number >= 0) {
                blocks.numbered(number, text, Math.min(to, Scan.afterDigits(text, from + 1, to) + 1), to);
            } else if (isRule(text, from, to)) {
                summary = Summary.OPENED;
                blocks.foreign();
            } else {
                blocks.other(text, from, to);
            }
        }
    }

    private static int number(byte[] text, int from, int to) {
        int end = Scan.afterDigits(text, from + 1, to);
        return end == to || text[end] == ' ' ? Scan.number(text, from + 1, end) : -1;
    }

    private boolean repeats(byte[] text, int from, int to) {
        if (summary == Summary.OPENED) {
            int name = from < to && text[from] == ' ' ? from + 1 : from;
            boolean repeating = Scan.startsWith(text, name, to, "> ");
            summary = repeating ? Summary.REPEATING : Summary.NONE;
            if (repeating) {
                int end = text[to - 1] == ':' ? to - 1 : to;
                blocks.failedIs(Scan.plain(text, Math.min(end, name + 2), end));
            }
            return repeating;
        }
        if (isRule(text, from, to)) {
            summary = Summary.NONE;
        }
        return true;
    }
}
