package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.LineTime;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.builds.Builds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes from lines what CI systems and tools put before them, whatever that is, and has each source read that they come from, such as each job
 * or service. What it is follows from the lines: before any of which it is sure where BuildKit's text begins. See RATIONALE, "Line prefixes".
 */
final class Sources implements Lines.Sink {

    private static final byte[] NONE = {};
    private static final int MOST_SOURCES = 8;
    private static final int MOST_DECORATIONS = 32;

    /** Of so many that differ in one word, that word changes from line to line. */
    private static final int SAME_BUT_FOR_A_WORD = 3;

    private final Builds first;
    private final List<Source> sources = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();
    private final LineText text = new LineText();
    private final Markup markup = new Markup();
    private final VisibleEscapes escapes = new VisibleEscapes();

    /** Of the latest line that was surely of a build; null before the first. */
    private @Nullable Known latest;

    /** A line that may be a time of the next one, or a brace that begins JSON; no line: empty. */
    private byte[] held = NONE;

    private boolean timesStandAlone;

    /** What may stand in the middle of lines; null: nothing. */
    private @Nullable Decoration glued;

    /** What an outer stage took from before the line. */
    private byte[] outer = NONE;

    Sources(ProgressLimits limits) {
        first = new Builds(limits);
        sources.add(new Source(new Formats(first)));
    }

    /** What stands before lines of one source. */
    private record Known(Decoration decoration, Source source) {}

    /** Where lines come from: they are read as a log of their own. */
    private static final class Source {

        private final Formats formats;

        /** The highest number of a vertex whose header came; negative: none did. */
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

    /** Whether nothing but the header of a view was read, which looks the same in HTML. */
    private boolean mayBeMarkup() {
        return latest == null || latest.source.formats.isView();
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
            other(text.bytes(), 0, size);
        } else {
            other(bytes, from, to);
        }
        if (held.length == 0) {
            outer = NONE;
        }
    }

    /** A line that begins with a number where nothing is known to stand before lines. */
    private void numbered(byte[] bytes, int from, int to) {
        if (held.length > 0 && LineTime.isAlone(held, 0, held.length)) {
            timesStandAlone = true;
            outer = held;
            held = NONE;
        }
        heldBefore(latest);
        if (latest == null && Anchor.isSure(bytes, from, to)) {
            latest = learned(Decoration.of(bytes, from, from, to), bytes, from, to);
        }
        pass(latest == null ? sources.getFirst() : latest.source, bytes, from, from, to);
    }

    /** A line that does not begin with a number, or stands among others that something stands before. */
    private void other(byte[] bytes, int from, int to) {
        if (isHeld(bytes, from, to)) {
            heldBefore(latest);
            held = Arrays.copyOfRange(bytes, from, to);
            return;
        }
        var found = found(bytes, from, to);
        int at = found == null ? -1 : found.decoration.after(bytes, from, to);
        if (found == null || mayStandDeeper(bytes, at, to)) {
            int anchor = Anchor.in(bytes, from, to);
            if (anchor == from || (anchor > from && mayLearn(bytes, anchor, to))) {
                at = LineText.beginOfString(bytes, from, anchor);
                found = learned(Decoration.of(bytes, from, at, to), bytes, at, to);
                latest = found;
            }
        }
        heldBefore(found);
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

    /** What is known to stand before lines and stands before this one; the longest, where several do. */
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

    /** Whether more stands before the line than was taken from it. */
    private boolean mayStandDeeper(byte[] bytes, int at, int to) {
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

    /** Steps may print anything without a number, but not where none runs; and what begins a build they rarely print. */
    private boolean mayLearn(byte[] bytes, int anchor, int to) {
        var current = latest;
        return current == null
                || !current.decoration.isNone()
                || (current.source.formats.hasEnded() && bytes[anchor] == '#' && Anchor.isHeading(bytes, anchor, to));
    }

    private Known learned(Decoration decoration, byte[] bytes, int at, int to) {
        for (var some : known) {
            if (some.decoration.differsFrom(decoration) == -1) {
                return some;
            }
        }
        var source = source(bytes, at, to);
        var learned = new Known(loosened(decoration, source), source);
        if (known.size() == MOST_DECORATIONS) {
            known.removeFirst();
        }
        known.add(learned);
        // Where a time stands before pieces of a log, and not before lines, it may stand in the middle of a line.
        glued = known.stream().anyMatch(some -> some.decoration.isNone())
                ? known.stream()
                        .map(Known::decoration)
                        .filter(Decoration::isDated)
                        .findFirst()
                        .orElse(null)
                : null;
        return learned;
    }

    /** A word that changes from line to line may be any. */
    private Decoration loosened(Decoration decoration, Source source) {
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

    /** A number that had a header in the latest source has another here: it is of another source. */
    private Source source(byte[] bytes, int at, int to) {
        var current = latest == null ? sources.getFirst() : latest.source;
        boolean another = Anchor.isHeading(bytes, at, to)
                && Anchor.number(bytes, at, to) <= current.highest
                && sources.size() < MOST_SOURCES;
        if (another) {
            var beside = new Source(new Formats(first.beside()));
            sources.add(beside);
            return beside;
        }
        return current;
    }

    /** A line that nothing known stands before: none of BuildKit's, but perhaps the client's. */
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

    /** The line that was held turns out to be what the next one tells. */
    private void heldBefore(@Nullable Known found) {
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

    /** All builds that are known so far: those that each source is at come last. */
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

    /** Returns the memory that what was read holds, in estimated bytes. */
    long memory() {
        return first.held();
    }

    /** No more lines will come. */
    void end() {
        heldBefore(latest);
        if (sources.stream().allMatch(source -> source.formats.isEmpty())) {
            sources.getFirst().formats.end();
        }
        sources.stream().filter(source -> !source.formats.isEmpty()).forEach(source -> source.formats.end());
    }
}
