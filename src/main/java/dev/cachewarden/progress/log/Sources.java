package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Builds;
import dev.cachewarden.progress.LineTime;
import dev.cachewarden.progress.ProgressLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes the prefixes that CI systems and tools add to lines, and reads each source of lines, such as a job or a service, separately. It
 * learns the prefixes from lines with a certain start of BuildKit's text. See RATIONALE, "Line prefixes".
 */
final class Sources implements Lines.Sink {

    private static final byte[] NONE = {};
    private static final int MOST_SOURCES = 8;
    private static final int MOST_DECORATIONS = 32;

    /** The number of prefixes that differ in one word. From this number on, any word is accepted there. */
    private static final int SAME_BUT_FOR_A_WORD = 3;

    private final Builds first;
    private final List<Source> sources = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();
    private final LineText text = new LineText();
    private final Markup markup = new Markup();
    private final VisibleEscapes escapes = new VisibleEscapes();

    /** The prefix of the latest line that certainly belongs to a build; null before the first one. */
    private @Nullable Known latest;

    /** A line that may be the time of the next one, or a brace that begins JSON; empty if there is none. */
    private byte[] held = NONE;

    private boolean timesStandAlone;

    /**
     * The time that may be in the middle of lines, or null for none. If only some lines have it after their prefix, it precedes the pieces
     * of a log instead of its lines.
     */
    private @Nullable Decoration glued;

    /** The prefix of the line that an earlier stage removed. */
    private byte[] outer = NONE;

    Sources(ProgressLimits limits) {
        first = new Builds(limits);
        sources.add(new Source(new Formats(first)));
    }

    /** A prefix of the lines of one source. */
    private record Known(Decoration decoration, Source source) {}

    /** A source of lines, which are read as a separate log. */
    private static final class Source {

        private final Formats formats;

        /** The highest vertex number whose header was read, or negative before the first one. */
        private int highest = -1;

        Source(Formats formats) {
            this.formats = formats;
        }

        void line(byte[] line, int from, int to) {
            if (Anchor.isHeading(line, from, to)) {
                int number = Anchor.number(line, from, to);
                highest = number == 0 ? 0 : Math.max(highest, number);
            }
            formats.line(line, from, to);
        }
    }

    @Override
    public void time(byte[] bytes, int from, int to) {
        outer = Arrays.copyOfRange(bytes, from, Math.min(to, from + Anchor.LONGEST_BEFORE));
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (!markup.isFound() && mayBeMarkup()) {
            markup.find(bytes, from, to);
        }
        if (!markup.isFound()) {
            text(bytes, from, to);
            return;
        }
        int size = markup.read(bytes, from, to);
        int begin = 0;
        for (int i = 0; i <= size; i++) {
            if (i == size || markup.bytes()[i] == '\n') {
                text(markup.bytes(), begin, i);
                begin = i + 1;
            }
        }
    }

    /** Returns true if at most the header of a view or the description of the builder was read, which look the same in markup. */
    private boolean mayBeMarkup() {
        return latest == null || latest.source.highest <= 0 || latest.source.formats.isView();
    }

    private void text(byte[] bytes, int from, int to) {
        if (!escapes.isFound()) {
            escapes.find(bytes, from, to);
        }
        if (escapes.isFound()) {
            int time = VisibleEscapes.afterTime(bytes, from, to);
            outer = time > from ? Arrays.copyOfRange(bytes, from, time) : outer;
            int size = escapes.read(bytes, from, to);
            shown(escapes.bytes(), 0, size);
        } else {
            shown(bytes, from, to);
        }
    }

    private void shown(byte[] bytes, int from, int to) {
        boolean decorated = latest != null && !latest.decoration.isNone();
        if (!decorated && Anchor.isNumbered(bytes, from, to)) {
            numbered(bytes, from, to);
        } else if (!(decorated && found(bytes, from, to) != null) && LineText.needsCleaning(bytes, from, to)) {
            outer = LineText.buildkite(bytes, from, to, outer);
            int size = text.clean(bytes, from, to);
            readUnnumberedLine(text.bytes(), 0, size);
        } else {
            readUnnumberedLine(bytes, from, to);
        }
        if (held.length == 0) {
            outer = NONE;
        }
    }

    /** Reads a line that begins with a number, while lines have no known prefix. */
    private void numbered(byte[] bytes, int from, int to) {
        if (held.length > 0 && LineTime.isAlone(held, 0, held.length)) {
            timesStandAlone = true;
            outer = held;
            held = NONE;
        }
        flushPendingLine(latest);
        if (latest == null && Anchor.isSure(bytes, from, to)) {
            latest = learnPrefix(Decoration.of(bytes, from, from, to), bytes, from, to);
        }
        pass(latest == null ? sources.getFirst() : latest.source, bytes, from, from, to);
    }

    /** Reads a line that does not begin with a number, or a line of a log whose lines have prefixes. */
    private void readUnnumberedLine(byte[] bytes, int from, int to) {
        if (isHeld(bytes, from, to)) {
            flushPendingLine(latest);
            held = Arrays.copyOfRange(bytes, from, to);
            return;
        }
        var found = found(bytes, from, to);
        int at = found == null ? -1 : found.decoration.after(bytes, from, to);
        if (found == null || mayHaveInnerPrefix(bytes, at, to)) {
            int anchor = Anchor.in(bytes, from, to);
            if (anchor == from || (anchor > from && mayLearn(bytes, anchor, to))) {
                at = LineText.beginOfString(bytes, from, anchor);
                found = learnPrefix(Decoration.of(bytes, from, at, to), bytes, at, to);
                latest = found;
            }
        }
        flushPendingLine(found);
        if (found == null) {
            foreign(bytes, from, to);
        } else {
            latest = latest == null || isOfBuildKit(bytes, at, to) ? found : latest;
            decorated(found, bytes, from, at, to);
        }
    }

    private static boolean isOfBuildKit(byte[] bytes, int at, int to) {
        return Anchor.isNumbered(bytes, at, to) || Anchor.in(bytes, at, to) == at;
    }

    private void decorated(Known found, byte[] bytes, int from, int at, int to) {
        if (found.decoration.isQuoted()) {
            int end = text.unquote(bytes, at, to);
            int begin = 0;
            byte[] unquoted = text.bytes();
            for (int i = 0; i <= end; i++) {
                if (i == end ? i > begin || end == 0 : unquoted[i] == '\n') {
                    found.source.line(unquoted, begin, i);
                    begin = i + 1;
                }
            }
            before(found.source, bytes, from, to);
        } else {
            pass(found.source, bytes, from, at, found.decoration.end(bytes, at, to));
        }
    }

    private void pass(Source source, byte[] bytes, int from, int at, int to) {
        if (glued != null && Anchor.isNumbered(bytes, at, to)) {
            int size = text.without(glued, bytes, at, to);
            source.line(text.bytes(), 0, size);
        } else {
            source.line(bytes, at, to);
        }
        if ((at > from || outer.length > 0) && isOfBuildKit(bytes, at, to)) {
            before(source, bytes, from, at);
        }
    }

    private void before(Source source, byte[] bytes, int from, int at) {
        if (outer.length > 0) {
            source.formats.before(outer, 0, outer.length);
        } else {
            source.formats.before(bytes, from, at);
        }
    }

    /** Returns the known prefix of a line; the longest one if several match. */
    private @Nullable Known found(byte[] bytes, int from, int to) {
        var current = latest;
        if (current == null || (current.decoration.isNone() && known.size() == 1)) {
            return current;
        }
        Known found = null;
        int longest = -1;
        for (var some : known) {
            int at = some.decoration.isNone() && !isOfBuildKit(bytes, from, to)
                    ? -1
                    : some.decoration.after(bytes, from, to);
            if (at > longest) {
                found = some;
                longest = at;
            }
        }
        if (!current.decoration.isNone()) {
            return found;
        }
        boolean trusted = found != null && (found.source.formats.isView() || isOfBuildKit(bytes, longest, to));
        return trusted ? found : current;
    }

    /** Returns true if the line has a further prefix after the removed one. */
    private boolean mayHaveInnerPrefix(byte[] bytes, int at, int to) {
        if (at < 0 || at >= to || Anchor.isNumbered(bytes, at, to)) {
            return false;
        }
        int anchor = Anchor.in(bytes, at, to);
        return anchor > at
                && bytes[anchor] == '#'
                && (isBlank(bytes, at, anchor) || Anchor.isHeading(bytes, anchor, to))
                && mayLearn(bytes, anchor, to);
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns true if a new prefix may be learned. Steps may print any text without a number, but only while one of them runs. They rarely
     * print the start of a build.
     */
    private boolean mayLearn(byte[] bytes, int anchor, int to) {
        var current = latest;
        return current == null
                || !current.decoration.isNone()
                || (current.source.formats.hasEnded() && bytes[anchor] == '#' && Anchor.isHeading(bytes, anchor, to));
    }

    private Known learnPrefix(Decoration decoration, byte[] bytes, int at, int to) {
        for (var some : known) {
            if (some.decoration.differsFrom(decoration) == -1) {
                return some;
            }
        }
        var source = source(bytes, at, to);
        var learned = new Known(generalize(decoration, source), source);
        if (known.size() == MOST_DECORATIONS) {
            known.removeFirst();
        }
        known.add(learned);
        glued = known.stream()
                .flatMap(some -> known.stream().map(other -> some.decoration.timeAfter(other.decoration)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return learned;
    }

    /** Allows any word in place of one that changes from line to line. */
    private Decoration generalize(Decoration decoration, Source source) {
        for (int place : known.stream()
                .filter(some -> some.source == source)
                .map(some -> some.decoration.differsFrom(decoration))
                .filter(place -> place >= 0)
                .distinct()
                .toList()) {
            var same = known.stream()
                    .filter(some -> some.source == source && some.decoration.differsFrom(decoration) == place)
                    .toList();
            if (same.size() + 1 >= SAME_BUT_FOR_A_WORD) {
                known.removeAll(same);
                return decoration.withAny(place);
            }
        }
        return decoration;
    }

    /** Returns the source of a line. A header belongs to a new source if its number already had one in the latest source. */
    private Source source(byte[] bytes, int at, int to) {
        var current = latest == null ? sources.getFirst() : latest.source;
        boolean another = Anchor.isHeading(bytes, at, to)
                && Anchor.number(bytes, at, to) <= current.highest
                && sources.size() < MOST_SOURCES;
        if (another) {
            var interleaved = new Source(new Formats(first.interleavedLog()));
            sources.add(interleaved);
            return interleaved;
        }
        return current;
    }

    /** Reads a line without a known prefix. It is not from BuildKit, but may be from the client. */
    private void foreign(byte[] bytes, int from, int to) {
        var known = latest;
        if (known == null) {
            sources.getFirst().line(bytes, from, to);
        } else if (!Anchor.isNumbered(bytes, from, to)) {
            known.source.formats.aside(bytes, from, to);
        }
    }

    private boolean isHeld(byte[] bytes, int from, int to) {
        if (LineTime.isAlone(bytes, from, to)) {
            return latest == null || latest.decoration.isNone();
        }
        boolean brace = to - from > 1 && to - from < Anchor.LONGEST_BEFORE && bytes[to - 1] == '{';
        return brace && latest == null;
    }

    /** Reads the held line, after the next line has shown its kind. */
    private void flushPendingLine(@Nullable Known found) {
        if (held.length == 0) {
            return;
        }
        if (timesStandAlone && LineTime.isAlone(held, 0, held.length)) {
            outer = held;
            held = NONE;
            return;
        }
        byte[] line = held;
        held = NONE;
        int at = found == null ? -1 : found.decoration.after(line, 0, line.length);
        if (found != null && at >= 0) {
            decorated(found, line, 0, at, line.length);
        } else {
            foreign(line, 0, line.length);
        }
    }

    @Override
    public void gap(String reason) {
        sources.forEach(source -> source.formats.gap(reason));
    }

    /** Returns all builds so far, with the current builds of all sources at the end. */
    List<BuildProgress> progress() {
        List<BuildProgress> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(source.formats.earlier()));
        all.addAll(current());
        return all;
    }

    List<BuildProgress> current() {
        return sources.stream()
                .flatMap(source -> source.formats.current().stream())
                .toList();
    }

    /** Returns the estimated memory of the data read so far, in bytes. */
    long memory() {
        return first.held();
    }

    /** Ends the input. */
    void end() {
        flushPendingLine(latest);
        if (sources.stream().allMatch(source -> source.formats.isEmpty())) {
            sources.getFirst().formats.end();
        }
        sources.stream().filter(source -> !source.formats.isEmpty()).forEach(source -> source.formats.end());
    }
}
