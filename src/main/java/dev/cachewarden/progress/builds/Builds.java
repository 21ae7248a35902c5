package dev.cachewarden.progress.builds;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.TargetName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The builds of one log. They share the limits, and there is always one at hand to take what is read. */
public final class Builds {

    /** Somebody may paste a day's builds into one file; beyond this it is no log of builds any more. */
    private static final int MOST = 100;

    /** Builds beside each other that lines are told apart of. */
    private static final int MOST_OPEN = 8;

    /** The target of a build that is not built together with others. */
    private static final String ALONE = "";

    private static final String MIXED =
            "Lines of several builds are mixed with each other; what is told may be another's.";

    private final List<ProgressRecorder> recorders = new ArrayList<>();

    /** Builds that had not ended when the next one began, the latest first: more may be told of them if both wrote into one log. */
    private final Deque<ProgressRecorder> open = new ArrayDeque<>();

    private final Map<String, Beginning> beginnings = new HashMap<>();
    private boolean failed;

    /** Whether lines of others stand among those of the build that the log is at. */
    private boolean mixed;

    /** Whether the next build goes on in the middle of what is told of this one. */
    private boolean beside;

    /** When the first vertex that was told of began, if the log tells. */
    private @Nullable Instant begun;

    /** Whether nothing has begun yet but to read what targets there are, so that any error is about that. */
    private boolean bakeOnly;

    /** How far the build of a target has come; without a name that of the only one. */
    private static final class Beginning {
        /** Ids of what loads its Dockerfile, by name. */
        private final Map<String, String> loaded = new HashMap<>();

        private boolean frontendBegun;
        private boolean instructionsBegun;
    }

    public Builds(ProgressLimits limits) {
        this(new ProgressRecorder(limits));
    }

    private Builds(ProgressRecorder first) {
        recorders.add(first);
    }

    /** Those of another log that stands among this one, within the same limits. */
    public Builds beside() {
        return new Builds(current().next());
    }

    /** Returns the memory that all builds of the log hold, in estimated bytes. */
    public long held() {
        return recorders.getFirst().held();
    }

    /** Takes what is read of the build that the log is at. */
    public ProgressRecorder current() {
        return recorders.getLast();
    }

    /** From now on the log tells of another build, unless it has not told anything yet. */
    public void next() {
        if (current().isEmpty()) {
            return;
        }
        beginnings.clear();
        begun = null;
        bakeOnly = false;
        failed = false;
        mixed = false;
        if (recorders.size() == MOST) {
            current().gap("The log holds more than %d builds; the others are not told apart.".formatted(MOST));
            return;
        }
        if (!current().hasEnded()) {
            open.addFirst(current());
            if (open.size() > MOST_OPEN) {
                open.removeLast();
            }
        }
        recorders.add(current().next());
        if (beside) {
            beside = false;
            mixed();
        }
    }

    /**
     * Takes note of the first vertex that is told of the next build. BuildKit begins a build with what reads how to build it, so that anything
     * else while this one runs is in the middle of another build beside it.
     */
    public void nextBeginsWith(String name) {
        beside = !current().hasEnded() && TargetName.ofLoad(name) == null && !TargetName.isOfBake(name);
    }

    /** Takes note that lines of several builds stand among each other, so that nobody can tell whose each is. */
    public void mixed() {
        if (!mixed) {
            mixed = true;
            current().gap(MIXED);
            open.forEach(other -> other.gap(MIXED));
            if (recorders.size() > 1) {
                recorders.get(recorders.size() - 2).gap(MIXED);
            }
        }
    }

    /**
     * Whose vertex it is: an earlier build's that had not ended when this one began, if it goes on with what that one was at. Two builds
     * beside each other wrote into one log then.
     *
     * @param started when it began by what is told now; null: it has not
     */
    public ProgressRecorder of(String id, @Nullable Instant started) {
        for (var other : open) {
            if (goesOn(other, id, started)) {
                mixed();
                return other;
            }
        }
        return current();
    }

    private boolean goesOn(ProgressRecorder other, String id, @Nullable Instant started) {
        if (!other.knows(id)) {
            return false;
        }
        boolean known = current().knows(id);
        if (started == null) {
            return mixed && !known;
        }
        boolean before = begun != null && started.isBefore(begun);
        return before || other.runsSince(id, started) || (!known && other.waits(id));
    }

    /** Who was told of a vertex: the build that the log is at, or one beside it. */
    public ProgressRecorder knowing(String id) {
        if (open.isEmpty() || current().knows(id)) {
            return current();
        }
        return open.stream().filter(other -> other.knows(id)).findFirst().orElse(current());
    }

    /** No more will come. */
    public void end() {
        recorders.forEach(ProgressRecorder::end);
    }

    /** Takes note that a vertex has begun, and when. */
    public void begun(String id, String name, Instant started) {
        begun(id, name, false);
        begun = begun == null ? started : begun;
    }

    /**
     * Takes note that a vertex has begun.
     *
     * @param same whether it is surely of the same build as those before. Each node of a builder that has several loads the Dockerfile
     */
    public void begun(String id, String name, boolean same) {
        bakeOnly = TargetName.isOfBake(name);
        if (bakeOnly) {
            return;
        }
        String loading = TargetName.ofLoad(name);
        if (loading != null) {
            var beginning = beginning(loading);
            String other = beginning.loaded.putIfAbsent(name, id);
            if (other != null && !other.equals(id) && !beginning.frontendBegun && !same) {
                mixed();
            }
            return;
        }
        String first = TargetName.first(name);
        boolean ofTarget = !first.isEmpty() && beginnings.containsKey(first);
        String plain = ofTarget ? TargetName.without(name) : name;
        var beginning = beginning(ofTarget ? first : ALONE);
        if (isInstruction(plain)) {
            beginning.instructionsBegun = true;
        } else if (!plain.startsWith("[internal] ") && !plain.startsWith("[auth] ")) {
            beginning.frontendBegun = true;
        }
    }

    private Beginning beginning(String target) {
        return beginnings.computeIfAbsent(target, any -> new Beginning());
    }

    /** Whether any Dockerfile was loaded yet. */
    public boolean hasLoaded() {
        return beginnings.values().stream().anyMatch(beginning -> !beginning.loaded.isEmpty());
    }

    /** Whether it is known that the build failed, so that it has come to its end. */
    public boolean hasFailed() {
        return failed;
    }

    /** Whether several are built at once, so that names begin with targets. */
    public boolean hasTargets() {
        return beginnings.keySet().stream().anyMatch(target -> !target.isEmpty());
    }

    /** Takes a line that is none of BuildKit's, in which a client may report that the build failed. */
    public void said(String line) {
        if (line.startsWith("Check complete")) {
            current().checked();
        }
        var client = ClientLine.of(line);
        String why = client.failure(bakeOnly);
        failed |= client.isError() || why != null;
        if (why != null) {
            current().failed(why);
        }
    }

    /** Whether a line can only be a client's report that the build failed, wherever it stands. */
    public static boolean isFailure(String line) {
        return ClientLine.of(line).isSolverFailure();
    }

    /**
     * Whether a vertex of this name, if it begins now, is the first of another build: BuildKit loads a Dockerfile before it begins any
     * instruction, and never again. With several targets (bake) each loads its own, and names it after the target.
     *
     * @param unknown whether it is surely not a vertex that was told of before. A build loads its Dockerfile twice, as two vertices, if that
     *     names a frontend ({@code # syntax=}), which then begins between the two
     */
    public boolean beginsAnother(String name, boolean unknown) {
        String target = TargetName.ofLoad(name);
        if (target == null) {
            return unknown && TargetName.isOfBake(name) && (failed || !beginnings.isEmpty());
        }
        var beginning = beginnings.get(target);
        boolean begun = beginning != null && beginning.instructionsBegun;
        if (target.equals(ALONE)) {
            boolean again =
                    beginning != null && unknown && !beginning.frontendBegun && beginning.loaded.containsKey(name);
            return begun || failed || again || hasTargets();
        }
        var alone = beginnings.get(ALONE);
        return unknown && (begun || failed || (alone != null && !alone.loaded.isEmpty()));
    }

    /** {@code [stage 2/5] RUN make} or {@code [2/5] RUN make}: a bracket with the place among the stage's instructions. */
    private static boolean isInstruction(String name) {
        if (!name.startsWith("[")) {
            return name.startsWith("exporting ");
        }
        int end = name.indexOf(']');
        int slash = name.lastIndexOf('/', end);
        return slash > 1 && isDigit(name.charAt(slash - 1)) && isDigit(name.charAt(slash + 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether any vertex of any build has ended. */
    public boolean hasAnyEnd() {
        return recorders.stream().anyMatch(ProgressRecorder::hasAnyEnd);
    }

    /** Whether no build was told of. */
    public boolean isEmpty() {
        return recorders.getFirst().isEmpty();
    }

    /** All that is known up to now, in the order of the log; empty if nothing is. */
    public List<BuildProgress> progress() {
        return recorders.stream().flatMap(Builds::progress).toList();
    }

    /** Of these all but the last. */
    public List<BuildProgress> earlierProgress() {
        return recorders.subList(0, recorders.size() - 1).stream()
                .flatMap(Builds::progress)
                .toList();
    }

    /** Of these the last: the build that the log is at. */
    public List<BuildProgress> currentProgress() {
        return progress(current()).toList();
    }

    private static Stream<BuildProgress> progress(ProgressRecorder recorder) {
        return recorder.isEmpty() ? Stream.empty() : recorder.targets().stream();
    }
}
