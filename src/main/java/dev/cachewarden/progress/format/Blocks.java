package dev.cachewarden.progress.format;

import dev.cachewarden.progress.Builds;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.progress.format.Dialect.Changed;
import dev.cachewarden.progress.format.Dialect.Ended;
import dev.cachewarden.progress.format.Dialect.Identified;
import dev.cachewarden.progress.format.Dialect.Interrupted;
import dev.cachewarden.progress.format.Dialect.Line;
import dev.cachewarden.progress.format.Dialect.Warned;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assigns lines to vertices. The log switches between vertices in blocks. Each block begins with the name of its vertex. */
final class Blocks {

    private static final byte[] LINE_END = {'\n'};

    static final String MIDDLE = "The log begins in the middle of a build. Earlier steps are missing.";

    /** The maximum number of steps that can be found by their number; the recorder has its own limit. */
    private static final int MOST = 100_000;

    /** The maximum length of an error with several lines. */
    private static final int LONGEST_ERROR = 8192;

    private static final int LONGEST_SAID = 8192;

    /** The kind of the previous line. */
    private enum Kind {
        HEADER,
        PRINTED,
        ERROR,
        OTHER
    }

    private final Builds builds;
    private final ClientText client;
    private final Map<Integer, Step> steps = new HashMap<>();
    private ProgressRecorder recorder;
    private @Nullable Step current;
    private int currentNumber = -1;
    private Kind last = Kind.OTHER;
    private byte[] printed = new byte[256];
    private int printedLength;
    private String error = "";

    /** True if the previous line is not from BuildKit, such as the client's report at the end. */
    private boolean foreign;

    /** True if the build has exported a result. */
    private boolean exported;

    /** A block that is not recorded yet, because the next block shows whether it begins another build. */
    private @Nullable HeldBlock held;

    /** True if buildx has described the builder, as it does at the start of each build. */
    private boolean described;

    private VertexNumbers numbers = new VertexNumbers();

    /** A failed vertex whose header is missing. */
    private @Nullable Unnamed unnamed;

    private record Unnamed(int number, Ended end) {}

    Blocks(Builds builds) {
        this.builds = builds;
        this.client = new ClientText(builds);
        this.recorder = builds.current();
    }

    /** Reads a line after {@code #7 }. */
    void numbered(int number, byte[] line, int from, int to) {
        var block = held;
        if (block == null || !block.take(number, line, from, to)) {
            release(block != null && !goesOn(block, number, line, from, to));
            read(number, line, from, to);
        }
    }

    /** Ends the input. */
    void end() {
        release(true);
        endBuild();
        recorder.endsHere();
    }

    private void endBuild() {
        numbers.reportGaps(recorder, steps.size(), MOST);
        numbers = new VertexNumbers();
        unnamed = null;
    }

    /**
     * Records the held block.
     *
     * @param another true if it begins another build
     */
    private void release(boolean another) {
        var block = held;
        held = null;
        if (block == null) {
            return;
        }
        var step = steps.get(block.number());
        if (another || step == null) {
            nextBuild();
            begin(block.number(), block.name());
        } else {
            headed(block.number(), step, block.name());
        }
        for (byte[] line : block.lines()) {
            read(block.number(), line, 0, line.length);
        }
    }

    /** Returns true if a line after a held block continues the build: it belongs to a new vertex, or to one that still runs. */
    private boolean goesOn(HeldBlock block, int number, byte[] line, int from, int to) {
        var step = steps.get(number);
        if (step == null || number == block.number()) {
            return numbers.isNew(number) || number == block.number();
        }
        String words = Scan.plain(line, from, to).stripTrailing();
        var meaning = Dialect.lineOf(words, false);
        boolean own =
                Dialect.outputOf(line, from, to) >= 0 || meaning instanceof Ended || meaning instanceof Interrupted;
        return !step.ended && (own || words.equals(step.name));
    }

    private void read(int number, byte[] line, int from, int to) {
        var step = number == currentNumber ? current : null;
        if (step == null) {
            step = steps.get(number);
        }
        int text = Dialect.outputOf(line, from, to);
        if (text >= 0 && step != null) {
            turnTo(number, step);
            printed(number, step, line, from, text, to);
            return;
        }
        String words = Scan.plain(line, from, to).stripTrailing();
        if (words.isEmpty()) {
            // If a log is cut off, the number may be incomplete, too.
            last = Kind.OTHER;
        } else if (number == 0) {
            described(words);
        } else {
            var meaning = Dialect.lineOf(words, step == current && last == Kind.HEADER);
            if (meaning instanceof Interrupted) {
                interrupted();
            } else if (step == null) {
                unknown(number, words, text >= 0, meaning);
            } else {
                known(number, step, words, meaning);
            }
        }
    }

    private void described(String words) {
        if (Dialect.isBuilder(words)) {
            release(true);
            nextBuild();
            described = true;
            numbers.areOnlyPrinted();
        }
    }

    private void nextBuild() {
        described = false;
        endBuild();
        builds.next();
        recorder = builds.current();
        steps.clear();
        foreign = false;
        exported = false;
        left();
    }

    private void left() {
        current = null;
        currentNumber = -1;
        last = Kind.OTHER;
    }

    /** Handles an interruption. In some versions, its number belongs to the next vertex, not to the interrupted one. */
    private void interrupted() {
        if (current != null && last == Kind.PRINTED) {
            current.interruptedIn(printed, printedLength);
        }
        left();
    }

    private void unknown(int number, String words, boolean output, @Nullable Line meaning) {
        if (!output && !(meaning instanceof Ended) && !(meaning instanceof Warned)) {
            begin(number, words);
            return;
        }
        recorder.gap(MIDDLE);
        if (meaning instanceof Ended end && end.state() == VertexState.FAILED) {
            unnamed = new Unnamed(number, end);
        }
    }

    /** Records the name of a failed vertex from the summary at the end. */
    void failedIs(String name) {
        var failed = unnamed;
        if (failed != null) {
            ended(begin(failed.number, name), failed.end);
            foreign();
        }
    }

    private Step begin(int number, String name) {
        boolean same = goesOn(number);
        if (!same && builds.beginsAnother(name, true)) {
            nextBuild();
        }
        if (Dialect.isOfBuildx(name)) {
            numbers.areOnlyPrinted();
        }
        numbers.add(number);
        var step = new Step(number, name);
        if (steps.size() < MOST) {
            steps.put(number, step);
        }
        headed(number, step, name);
        builds.begun(step.id, name, numbers.isHighest(number));
        return step;
    }

    private void headed(int number, Step step, String name) {
        recorder.begun(step.id, name);
        step.doubled = step == current && last == Kind.HEADER;
        step.open = true;
        foreign = false;
        turnTo(number, step);
        last = Kind.HEADER;
    }

    /**
     * Returns true if a vertex with a new number certainly belongs to the same build, regardless of its name. A build may begin with
     * instructions before it loads its Dockerfile, if a concurrent build has started them earlier from the same Dockerfile. Another display
     * begins with a low number again.
     */
    private boolean goesOn(int number) {
        return numbers.isNew(number) && (described || !foreign || !builds.hasLoaded()) && !builds.hasFailed();
    }

    private void known(int number, Step step, String words, @Nullable Line meaning) {
        boolean header = words.equals(step.name) || step.isAlsoNamed(words, builds.hasTargets());
        boolean another =
                header ? step.ended && builds.beginsAnother(words, foreign) : isOfAnotherBuild(number, step, words);
        if (another && header && !foreign && !exported && !builds.hasFailed()) {
            held = new HeldBlock(number, words);
        } else if (another) {
            builds.nextBeginsWith(words);
            nextBuild();
            begin(number, words);
        } else if (header) {
            headed(number, step, words);
        } else {
            turnTo(number, step);
            if (step.isOfOtherBuild(words)) {
                builds.markInterleaved();
            }
            record(step, words, meaning);
        }
    }

    /** Returns true if a line belongs to another build, because a vertex that ended appears again only under its own name. */
    private boolean isOfAnotherBuild(int number, Step step, String words) {
        return step.ended && step != current && Dialect.mayBeFirst(number, words);
    }

    private void turnTo(int number, Step step) {
        if (step != current) {
            current = step;
            currentNumber = number;
            last = Kind.OTHER;
        }
    }

    private void printed(int number, Step step, byte[] line, int from, int text, int to) {
        int end = Dialect.reportIn(number, line, text, to);
        int stop = end < 0 ? to : end;
        int known = step.reportedBefore(line, from, stop);
        if (known == 0 && step.printed) {
            recorder.log(step.id, LINE_END);
        }
        int start = Math.max(text, from + known);
        recorder.log(step.id, line, start, stop - start);
        step.printed = true;
        last = Kind.PRINTED;
        // An empty line has no partial form.
        remember(line, from, stop > text ? stop : from);
        if (end >= 0) {
            numbered(number, line, Scan.afterDigits(line, end + 1, to) + 1, to);
        }
    }

    private void remember(byte[] line, int from, int to) {
        printedLength = to - from;
        if (printedLength <= Step.REMEMBERED) {
            if (printed.length < printedLength) {
                printed = new byte[Step.REMEMBERED];
            }
            System.arraycopy(line, from, printed, 0, printedLength);
        }
    }

    private void record(Step step, String words, @Nullable Line meaning) {
        switch (meaning) {
            case null -> {
                recorder.status(step.id, StatusLine.parse(words));
                last = Kind.OTHER;
            }
            case Ended end -> ended(step, end);
            case Interrupted interrupted -> interrupted();
            case Warned warned -> {
                recorder.warning(Warning.parse(step.id, warned.text()));
                last = Kind.OTHER;
            }
            case Identified identified -> recorder.identified(step.id, identified.digest());
            case Changed changed -> {
                var change = changed.change();
                if (change != null) {
                    change.accept(step);
                    recorder.vertex(step.update());
                }
                last = Kind.OTHER;
            }
        }
    }

    private void ended(Step step, Ended end) {
        step.ended();
        exported |= step.name.startsWith("exporting to ") && !step.name.endsWith(" Cache");
        left();
        recorder.ended(step.id, end.state(), end.duration(), end.error());
        if (end.error() != null) {
            error = end.error();
            current = step;
            last = Kind.ERROR;
        }
    }

    /** Reads a line without a number. It continues the previous line, or is not from BuildKit. */
    void other(byte[] line, int from, int to) {
        release(true);
        String words = current == null || to - from > LONGEST_SAID ? "" : Scan.plain(line, from, to);
        if (Builds.isFailure(words)) {
            left();
            behind(words);
        } else if (current != null && last == Kind.PRINTED) {
            recorder.log(current.id, LINE_END);
            recorder.log(current.id, line, from, to - from);
        } else if (current != null && last == Kind.ERROR && error.length() < LONGEST_ERROR) {
            error += "\n" + Scan.plain(line, from, to);
            recorder.ended(current.id, VertexState.FAILED, null, error);
        } else if (current == null) {
            behind(Scan.plain(line, from, to));
        }
    }

    boolean isBetween() {
        return current == null;
    }

    private void behind(String line) {
        foreign = true;
        client.line(line);
    }

    /** Handles an empty line. Another block follows, or text that is not from BuildKit. */
    void blank() {
        if (last == Kind.ERROR) {
            left();
        }
        if (last != Kind.HEADER) {
            last = Kind.OTHER;
        }
    }

    /** Records that the next lines are not from BuildKit. */
    void foreign() {
        release(true);
        left();
        foreign = true;
    }
}
