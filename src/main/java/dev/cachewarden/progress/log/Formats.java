package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Builds;
import dev.cachewarden.progress.TerminalText;
import dev.cachewarden.progress.format.Dialect;
import dev.cachewarden.progress.format.PlainReader;
import dev.cachewarden.progress.format.RawJsonReader;
import dev.cachewarden.progress.format.TerminalReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects the format of a log line by line, and passes its lines to the reader of that format. A log may contain builds in different
 * formats.
 */
final class Formats implements Lines.Sink {

    /** The maximum size of held lines. A display is interleaved with the lines of its trace, so it is never that long without one. */
    private static final int MOST_HELD = 1 << 20;

    private static final byte[] BRACE = ascii("{");
    private static final byte[] INDENTED_JSON = ascii("  \"vertexes\": [");

    private final Builds builds;
    private final UnrecognizedLog foundInstead = new UnrecognizedLog();
    private @Nullable RawJsonReader json;
    private @Nullable PlainReader plain;
    private @Nullable TerminalReader terminal;
    private byte[] cleaned = {};

    /** True if lines of a display are among those of the trace. */
    private boolean displayed;

    /** Lines that look like another build while a build of the trace runs. If a line of the trace follows, they are its display. */
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    /** True if the previous line was a single brace that was not passed on yet. Only the next line shows whether it begins JSON. */
    private boolean brace;

    Formats(Builds builds) {
        this.builds = builds;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (isColoured(bytes, from, to)) {
            if (cleaned.length < to - from) {
                cleaned = new byte[to - from];
            }
            read(cleaned, 0, TerminalText.withoutEscapes(bytes, from, to, cleaned));
        } else {
            read(bytes, from, to);
        }
    }

    /** Returns true for colors at the beginning of a line or directly after a number. The readers handle all others. */
    private static boolean isColoured(byte[] bytes, int from, int to) {
        int at = from;
        if (at < to && bytes[at] == '#') {
            do {
                at++;
            } while (at < to && bytes[at] >= '0' && bytes[at] <= '9');
        }
        return at < to && bytes[at] == 0x1b;
    }

    private void read(byte[] bytes, int from, int to) {
        if (json != null) {
            json(bytes, from, to);
        } else if (brace) {
            brace = false;
            boolean indented = plain == null
                    ? RawJsonReader.mayBeginIndented(bytes, from, to)
                    : begins(bytes, from, to, INDENTED_JSON);
            if (indented) {
                toJson();
                read(BRACE, 0, 1);
            } else {
                plainOrUnknown(BRACE, 0, 1);
            }
            read(bytes, from, to);
        } else if (isBrace(bytes, from, to)) {
            brace = true;
        } else {
            plainOrUnknown(bytes, from, to);
        }
    }

    static boolean isBrace(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        return end - from == 1 && bytes[from] == '{';
    }

    private void json(byte[] bytes, int from, int to) {
        boolean nothingYet = builds.isEmpty();
        if (held.size() > 0) {
            held(bytes, from, to);
        } else if (nothingYet ? PlainReader.mayBegin(bytes, from, to) : Dialect.isFirst(bytes, from, to)) {
            plainInJson(bytes, from, to, nothingYet);
        } else if (json != null) {
            json.line(bytes, from, to);
            if (nothingYet) {
                foundInstead.line(bytes, from, to);
            }
        }
    }

    /**
     * Reads a line that begins another build, or concerns a step that the trace has reported. The latter occurs if buildctl writes its
     * trace and its display into one file. The display is later than the trace, so that its lines may arrive after the end of the step.
     */
    private void plainInJson(byte[] bytes, int from, int to, boolean nothingYet) {
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
        var build = builds.current();
        boolean named = !nothingYet && build.hasNamed(line.substring(line.indexOf(' ') + 1));
        if (named && !displayed && build.isRunning()) {
            hold(bytes, from, to);
        } else if (!named || !displayed) {
            displayed = false;
            toPlain().line(bytes, from, to);
        }
    }

    private void held(byte[] bytes, int from, int to) {
        if (RawJsonReader.begins(bytes, from, to) || isBrace(bytes, from, to)) {
            displayed = true;
            release();
            json(bytes, from, to);
        } else {
            hold(bytes, from, to);
        }
    }

    private void hold(byte[] bytes, int from, int to) {
        held.write(bytes, from, to - from);
        held.write('\n');
        if (held.size() > MOST_HELD) {
            release();
        }
    }

    /**
     * Reads the held lines. They are the display of the trace if the trace continues. Otherwise they are another build, because the trace
     * was cut off.
     */
    private void release() {
        byte[] lines = held.toByteArray();
        held.reset();
        if (lines.length > 0 && !displayed) {
            toPlain();
        }
        int at = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                line(lines, at, i);
                at = i + 1;
            }
        }
    }

    private void plainOrUnknown(byte[] bytes, int from, int to) {
        if (plain == null && terminal == null
                ? RawJsonReader.mayBegin(bytes, from, to)
                : RawJsonReader.begins(bytes, from, to)) {
            toJson();
            read(bytes, from, to);
        } else if (terminal != null) {
            terminal(terminal, bytes, from, to);
        } else if (TerminalReader.mayBegin(bytes, from, to) && (plain == null || hasEnded())) {
            toTerminal().line(bytes, from, to);
            if (builds.isEmpty()) {
                foundInstead.line(bytes, from, to);
            }
        } else if (plain != null) {
            plain.line(bytes, from, to);
        } else if (PlainReader.mayBegin(bytes, from, to)) {
            toPlain().line(bytes, from, to);
            if (builds.isEmpty()) {
                foundInstead.line(bytes, from, to);
            }
        } else {
            foundInstead.line(bytes, from, to);
        }
    }

    private void terminal(TerminalReader view, byte[] bytes, int from, int to) {
        if (Anchor.isHeading(bytes, from, to)) {
            toPlain().line(bytes, from, to);
        } else {
            view.line(bytes, from, to);
            if (builds.isEmpty()) {
                foundInstead.line(bytes, from, to);
            }
        }
    }

    private TerminalReader toTerminal() {
        endText();
        builds.next();
        plain = null;
        json = null;
        terminal = new TerminalReader(builds);
        return terminal;
    }

    private void endText() {
        if (plain != null) {
            plain.end();
        }
        if (terminal != null) {
            terminal.end();
            terminal = null;
        }
    }

    private RawJsonReader toJson() {
        endText();
        builds.next();
        plain = null;
        displayed = false;
        json = new RawJsonReader(builds);
        return json;
    }

    private PlainReader toPlain() {
        endText();
        builds.next();
        json = null;
        plain = new PlainReader(builds);
        return plain;
    }

    static boolean begins(byte[] bytes, int from, int to, byte[] beginning) {
        return to - from >= beginning.length
                && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
    }

    @Override
    public void gap(String reason) {
        builds.current().gap(reason);
    }

    /** Reads a line that is certainly not the output of a step, but may be text of the client. */
    void aside(byte[] bytes, int from, int to) {
        if (plain != null && to - from > 1) {
            plain.aside(bytes, from, to);
        } else {
            line(bytes, from, to);
        }
    }

    /** Records the prefix of the line that was read last; it may contain a time. */
    void before(byte[] bytes, int from, int to) {
        builds.current().before(bytes, from, to);
    }

    /** Returns true if the current format is a terminal view. */
    boolean isView() {
        return terminal != null;
    }

    /** Returns true if no step of the current build is running or waiting. */
    boolean hasEnded() {
        return builds.current().hasEnded();
    }

    /** Returns true if there is no build. */
    boolean isEmpty() {
        return builds.isEmpty();
    }

    /** Returns the builds so far, except the current one. */
    List<BuildProgress> earlier() {
        return builds.earlierProgress();
    }

    /** Returns the current build, as one build for each target. */
    List<BuildProgress> current() {
        return builds.currentProgress();
    }

    /** Ends the input. */
    void end() {
        release();
        if (json != null) {
            json.end();
        }
        endText();
        if (builds.isEmpty() || (foundInstead.isOther() && !builds.hasLoaded() && !builds.hasAnyEnd())) {
            throw new NotABuildLogException(foundInstead.toString());
        }
        builds.end();
    }
}
