package dev.cachewarden.progress;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The builds of one log. They share the limits. There is always a current build that records what is read. */
public final class Builds {

    /** The maximum number of builds. A file may contain the builds of a day; with more, it is not a log of builds. */
    private static final int MOST = 100;

    /** The maximum number of concurrent builds that can be distinguished. */
    private static final int MOST_OPEN = 8;

    /** The target of a build without other targets. */
    private static final String ALONE = "";

    private static final String MIXED =
            "The log mixes lines of several builds, so some steps may belong to another build.";

    private final List<ProgressRecorder> recorders = new ArrayList<>();

    /**
     * Builds that had not ended when the next one started, latest first. The log may continue with them if several builds wrote into it.
     */
    private final Deque<ProgressRecorder> open = new ArrayDeque<>();

    private final Map<String, Beginning> beginnings = new HashMap<>();
    private boolean failed;

    /** True if lines of other builds are among those of the current build. */
    private boolean mixed;

    /** True if the next build starts in the middle of the current one. */
    private boolean concurrent;

    /** The start of the first reported vertex, or null if the log does not contain it. */
    private @Nullable Instant begun;

    /** True if only the list of targets was read so far, so that any error concerns it. */
    private boolean bakeOnly;

    /** The progress of a target's build; an empty name is the target of a single build. */
    private static final class Beginning {
        /** IDs of the vertices that load its Dockerfile, by name. */
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

    /** Returns the builds of another log within this one, with the same limits. */
    public Builds interleavedLog() {
        return new Builds(current().next());
    }

    /** Returns the estimated memory of all builds of the log, in bytes. */
    public long held() {
        return recorders.getFirst().held();
    }

    /** Returns the recorder of the current build. */
    public ProgressRecorder current() {
        return recorders.getLast();
    }

    /** Starts the next build, unless the current one is empty. */
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
            current()
                    .gap("The log contains more than %d builds. The remaining builds are merged into the last one."
                            .formatted(MOST));
            return;
        }
        if (!current().hasEnded()) {
            open.addFirst(current());
            if (open.size() > MOST_OPEN) {
                open.removeLast();
            }
        }
        recorders.add(current().next());
        if (concurrent) {
            concurrent = false;
            markInterleaved();
        }
    }

    /**
     * Records the first vertex of the next build. BuildKit starts a build with the vertices that load its definition. Any other vertex
     * while this build runs is in the middle of a concurrent build.
     */
    public void nextBeginsWith(String name) {
        concurrent = !current().hasEnded() && TargetName.ofLoad(name) == null && !TargetName.isOfBake(name);
    }

    /** Records that lines of several builds are interleaved, so that their builds are uncertain. */
    public void markInterleaved() {
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
     * Returns the recorder of a vertex's build. It is an earlier build that had not ended when the current one started, if the vertex
     * continues that build. Two concurrent builds then wrote into one log.
     *
     * @param started reported start of the vertex, or null if it has not started
     */
    public ProgressRecorder of(String id, @Nullable Instant started) {
        for (var other : open) {
            if (continuesBuild(other, id, started)) {
                markInterleaved();
                return other;
            }
        }
        return current();
    }

    private boolean continuesBuild(ProgressRecorder other, String id, @Nullable Instant started) {
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

    /** Returns the recorder that knows a vertex: the current build or a concurrent one. */
    public ProgressRecorder recorderFor(String id) {
        if (open.isEmpty() || current().knows(id)) {
            return current();
        }
        return open.stream().filter(other -> other.knows(id)).findFirst().orElse(current());
    }

    /** Ends all builds. */
    public void end() {
        recorders.forEach(ProgressRecorder::end);
    }

    /** Records that a vertex started, and when. */
    public void begun(String id, String name, Instant started) {
        begun(id, name, false);
        begun = begun == null ? started : begun;
    }

    /**
     * Records that a vertex started.
     *
     * @param same true if it certainly belongs to the same build as the previous vertices. Then another load of a Dockerfile is not the
     *     sign of a concurrent build, because each node of a builder with several nodes loads it
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
                markInterleaved();
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

    /** Returns true if a Dockerfile was loaded. */
    public boolean hasLoaded() {
        return beginnings.values().stream().anyMatch(beginning -> !beginning.loaded.isEmpty());
    }

    /** Returns true if the build is known to have failed, so that it has ended. */
    public boolean hasFailed() {
        return failed;
    }

    /** Returns true if several targets are built at once, so that names begin with targets. */
    public boolean hasTargets() {
        return beginnings.keySet().stream().anyMatch(target -> !target.isEmpty());
    }

    /** Records a line outside BuildKit's output. It may be a client's report of a failed build. */
    public void parseClientLine(String line) {
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

    /** Returns true if a line can only be a client's report of a failed build, regardless of its place. */
    public static boolean isFailure(String line) {
        return ClientLine.of(line).isSolverFailure();
    }

    /**
     * Returns true if a vertex with this name that starts now is the first one of another build. BuildKit loads a Dockerfile before it
     * starts any instruction, and never again. With several targets (bake), each loads its own, and its name contains the target.
     *
     * @param unknown true if the vertex certainly was not reported before. A build loads its Dockerfile twice, as two vertices, if it names
     *     a frontend ({@code # syntax=}), which starts between the two
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

    /** Returns true for {@code [stage 2/5] RUN make} or {@code [2/5] RUN make}: a bracket with the place in the stage. */
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

    /** Returns true if a vertex of any build has ended. */
    public boolean hasAnyEnd() {
        return recorders.stream().anyMatch(ProgressRecorder::hasAnyEnd);
    }

    /** Returns true if there is no build. */
    public boolean isEmpty() {
        return recorders.getFirst().isEmpty();
    }

    /** Returns the progress of all builds so far, in the order of the log; empty if there is none. */
    public List<BuildProgress> progress() {
        return recorders.stream().flatMap(Builds::progress).toList();
    }

    /** Returns the progress of all builds except the current one. */
    public List<BuildProgress> earlierProgress() {
        return recorders.subList(0, recorders.size() - 1).stream()
                .flatMap(Builds::progress)
                .toList();
    }

    /** Returns the progress of the current build. */
    public List<BuildProgress> currentProgress() {
        return progress(current()).toList();
    }

    private static Stream<BuildProgress> progress(ProgressRecorder recorder) {
        return recorder.isEmpty() ? Stream.empty() : recorder.targets().stream();
    }
}
