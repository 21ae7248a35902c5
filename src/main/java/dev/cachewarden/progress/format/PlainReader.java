package dev.cachewarden.progress.format;

import dev.cachewarden.progress.Builds;

/** Reads a log line by line, and separates the lines of vertices from other text. */
public final class PlainReader {

    private static final String RULE = "------";

    private final Blocks blocks;

    /** The state of the summary that BuildKit prints at the end for failed steps: their last lines once more. */
    private enum Summary {
        NONE,
        /** After the first rule. */
        OPENED,
        /** After the name; all lines up to the next rule are a repetition. */
        REPEATING
    }

    private Summary summary = Summary.NONE;

    public PlainReader(Builds builds) {
        this.blocks = new Blocks(builds);
    }

    /** Returns true if a line is the header of a vertex, or the text that buildx prints before the first one. */
    public static boolean mayBegin(byte[] text, int from, int to) {
        int end = from < to && text[from] == '#' ? Scan.afterDigits(text, from + 1, to) : from;
        return end > from + 1 && end + 1 < to && text[end] == ' ';
    }

    /** Reads a line without its end; it may still contain a carriage return. */
    public void line(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] == '\r') {
            end--;
        }
        // Blanks at the end of a line are padding of a tool, except in the output of steps, which may end in blanks.
        int stripped = end;
        while (stripped > from && (text[stripped - 1] == ' ' || text[stripped - 1] == '\t')) {
            stripped--;
        }
        read(text, from, stripped == from || isRule(text, from, stripped) ? stripped : end);
    }

    /** Ends the input. */
    public void end() {
        blocks.end();
    }

    private static boolean isRule(byte[] text, int from, int to) {
        return Scan.is(text, from, to, RULE);
    }

    /** Reads a line that is certainly not the output of a step, and does not continue an error. */
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
