package dev.cachewarden.progress.format;

import dev.cachewarden.progress.Builds;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the view of a build on a terminal: a header with the elapsed time, and a line for each step. A capture may contain many drawings of
 * the view; the last state of each step counts. A copy may contain only a part, without the header.
 */
public final class TerminalReader {

    private static final String GAP =
            "This log is a terminal view. It lacks the output of successful steps and the start of each step. Names may be"
                    + " truncated to the width of the terminal. Logs of --progress=plain contain everything.";

    private static final String OPEN =
            "The terminal view does not show the end of the build. Steps without a mark may still have run, and"
                    + " later output is missing.";

    private static final String PART = "This copy of the view has no header, so it may lack steps.";

    private static final String WARN = "WARN: ";
    private static final String RULE = "------";
    private static final int MOST_STEPS = 10_000;

    private final Builds builds;
    private final FailureTail tail;
    private final ClientText client;

    /** Steps of the current view, by name and by their number among the steps with this name. */
    private final Map<String, Shown> shown = new LinkedHashMap<>();

    /** The number of times that each name appeared in the current drawing of the view. */
    private final Map<String, Integer> drawn = new HashMap<>();

    private TerminalLine.@Nullable Header header;
    private @Nullable Shown last;
    /** True if text after the view was read. */
    private boolean behind;

    /** A step in its latest state in the view. */
    private static final class Shown {
        private final String id;
        private String name;
        private TerminalLine line;

        /** The number of the last drawing that contained it. */
        private int drawing;

        Shown(String id, TerminalLine line) {
            this.id = id;
            this.name = line.name();
            this.line = line;
        }
    }

    private int drawing;

    public TerminalReader(Builds builds) {
        this.builds = builds;
        this.tail = new FailureTail(builds);
        this.client = new ClientText(builds);
    }

    /** Returns true if a line can only belong to a view: its header, or a step with a name that only BuildKit uses. */
    public static boolean mayBegin(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        if (at == to || (text[at] != '[' && text[at] != '=')) {
            return false;
        }
        String words = Scan.plain(text, at, to).strip();
        if (TerminalLine.Header.of(words) != null) {
            return true;
        }
        var line = TerminalLine.of(words);
        return line != null && line.isSure();
    }

    /** Reads a line without its end; it may still contain a carriage return. */
    public void line(byte[] text, int from, int to) {
        String line = Scan.plain(text, from, to).stripTrailing();
        String words = line.strip();
        // A message of the client may precede a header on its line. Once there are steps, they may print such text.
        int at = shown.isEmpty() ? words.indexOf(TerminalLine.Header.BEGINNING) : 0;
        var next = TerminalLine.Header.of(words.substring(Math.max(0, at)));
        if (next != null) {
            header(next);
        } else if (words.startsWith(TerminalLine.MARK + TerminalLine.MARK)) {
            part(words.substring(2 * TerminalLine.MARK.length()));
        } else if (words.startsWith(TerminalLine.MARK)) {
            var step = TerminalLine.of(words);
            if (step != null) {
                step(step);
            }
        } else if (!words.isEmpty() && !goesOn(line, words)) {
            other(line, words);
        }
    }

    private void header(TerminalLine.Header next) {
        boolean same = header != null && !behind && header.mayBecome(next);
        if (!same) {
            endView();
            builds.next();
        }
        header = next;
        builds.current().took(next.time());
        drawing++;
        drawn.clear();
        last = null;
    }

    private void step(TerminalLine line) {
        if (header == null
                && (behind || (!drawn.containsKey(line.name()) && builds.beginsAnother(line.name(), true)))) {
            endView();
            builds.next();
        }
        if (line.name().startsWith(WARN)) {
            builds.current()
                    .warning(Warning.parse(
                            last == null ? null : last.id, line.name().substring(WARN.length())));
            return;
        }
        int which = drawn.merge(line.name(), 1, Integer::sum);
        String key = which + " " + line.name();
        var step = shown.get(key);
        if (step == null) {
            if (shown.size() == MOST_STEPS) {
                builds.current().gap("The view shows more than %,d steps. The rest is omitted.".formatted(MOST_STEPS));
                return;
            }
            step = new Shown("=>" + (shown.size() + 1), line);
            shown.put(key, step);
            if (shown.size() == 1) {
                builds.current().gap(GAP);
            }
            builds.current().begun(step.id, line.name());
            builds.begun(step.id, line.name(), true);
        }
        step.line = line;
        step.drawing = drawing;
        last = step;
        ended(step, header != null && header.finished());
    }

    private void ended(Shown step, boolean done) {
        switch (step.line.state()) {
            case CACHED -> builds.current().ended(step.id, VertexState.CACHED, null, null);
            case FAILED -> builds.current().ended(step.id, VertexState.FAILED, step.line.time(), null);
            case CANCELED -> builds.current().ended(step.id, VertexState.CANCELED, step.line.time(), null);
            default -> {
                if (done) {
                    builds.current().ended(step.id, VertexState.DONE, step.line.time(), null);
                }
            }
        }
    }

    /** Reads {@code transferring context: 1.2kB  0.0s}, or a part of the output of a running step. */
    private void part(String words) {
        var step = last;
        if (step == null || words.startsWith("# ")) {
            return;
        }
        var time = TerminalLine.time(words);
        String text = time == null ? words : TerminalLine.withoutTime(words);
        Vertex.Status part = StatusLine.parse(text);
        builds.current()
                .status(
                        step.id,
                        new Vertex.Status(
                                part.id(), part.current(), part.total(), time == null ? Duration.ZERO : time, true));
    }

    /** Reads the second half of a line that was wrapped in the copy: the rest of the name and the time. Returns false for another line. */
    private boolean goesOn(String line, String words) {
        var step = last;
        if (step == null
                || behind
                || step.line.time() != null
                || words.startsWith(RULE)
                || TerminalLine.time(words) == null) {
            return false;
        }
        String rest = TerminalLine.withoutTime(words);
        String name = step.line.name() + (line.startsWith(" ") && !rest.isEmpty() ? " " : "") + rest;
        step.line = step.line.whole(name, TerminalLine.time(words));
        step.name = name;
        builds.current().begun(step.id, name);
        ended(step, header != null && header.finished());
        return true;
    }

    private void other(String line, String words) {
        behind |= !shown.isEmpty()
                && (words.equals(RULE) || words.startsWith("ERROR: ") || words.contains("failed to solve"));
        last = null;
        if (!client.line(line)) {
            tail.line(line, words, this::failing);
        }
    }

    /** Returns the ID of the step that a summary names, because the view may have truncated its name. */
    private @Nullable String failing(String name) {
        for (var step : shown.values()) {
            String cut = step.name.endsWith("...") ? step.name.substring(0, step.name.length() - 3) : step.name;
            if (step.line.state() == VertexState.FAILED && name.startsWith(cut)) {
                builds.current().begun(step.id, name);
                return step.id;
            }
        }
        return null;
    }

    /** Ends the current view. */
    private void endView() {
        if (shown.isEmpty()) {
            reset();
            return;
        }
        boolean failed = false;
        for (var step : shown.values()) {
            failed |= step.line.state() == VertexState.FAILED || step.line.state() == VertexState.CANCELED;
        }
        boolean whole = failed || builds.hasFailed() || showsEnd();
        var running = whole || header == null ? List.<Shown>of() : running();
        for (var step : shown.values()) {
            if (!running.contains(step)) {
                ended(step, true);
            }
        }
        if (!whole) {
            builds.current().gap(OPEN);
            builds.current().open(true);
        }
        if (header == null) {
            builds.current().gap(PART);
        } else if (shown.size() < Math.min(header.done(), MOST_STEPS)) {
            builds.current()
                    .gap("The view counts %,d completed steps, but this copy shows only %,d."
                            .formatted(header.done(), shown.size()));
        }
        tail.end(shown.values().stream()
                .filter(step -> step.line.state() == VertexState.FAILED)
                .map(step -> new FailureTail.Failed(step.id, step.name, step.line.time()))
                .toList());
        reset();
    }

    private void reset() {
        shown.clear();
        drawn.clear();
        header = null;
        last = null;
        behind = false;
        client.reset();
        tail.reset();
    }

    /** Returns true if the view shows the end of the build. Compose omits {@code FINISHED}, but a named result was exported. */
    private boolean showsEnd() {
        if (header != null && header.finished()) {
            return true;
        }
        boolean exported = shown.values().stream().anyMatch(step -> step.name.contains("exporting to "));
        return header == null ? builds.current().hasStatus("naming to ") : header.done() == header.total() && exported;
    }

    /** Returns the steps that may still run: the last visible ones without a mark, as many as the header does not count as done. */
    private List<Shown> running() {
        List<Shown> candidates = new ArrayList<>();
        int visible = 0;
        for (var step : shown.values()) {
            if (step.drawing == drawing) {
                visible++;
                if (step.line.state() == VertexState.DONE) {
                    candidates.add(step);
                }
            }
        }
        int most = header == null ? 0 : Math.max(header.done() < header.total() ? 1 : 0, visible - header.done());
        return candidates.subList(Math.max(0, candidates.size() - most), candidates.size());
    }

    /** Ends the input. */
    public void end() {
        endView();
    }
}
