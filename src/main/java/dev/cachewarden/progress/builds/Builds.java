package dev.cachewarden.progress.builds;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The builds of one log. They share the limits, and there is always one at hand to take what is read. */
public final class Builds {

    /** Somebody may paste a day's builds into one file; beyond this it is no log of builds any more. */
    private static final int MOST = 100;

    private static final String ERROR = "ERROR: ";

    private final List<ProgressRecorder> recorders = new ArrayList<>();
    private final Set<String> loaded = new HashSet<>();
    private boolean frontendBegun;
    private boolean instructionsBegun;
    private boolean failed;

    public Builds(ProgressLimits limits) {
        recorders.add(new ProgressRecorder(limits));
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
        loaded.clear();
        frontendBegun = false;
        instructionsBegun = false;
        failed = false;
        current().end();
        if (recorders.size() == MOST) {
            current().gap("The log holds more than %d builds; the others are not told apart.".formatted(MOST));
            return;
        }
        recorders.add(current().next());
    }

    /** No more will come. */
    public void end() {
        current().end();
    }

    /** Takes note that a vertex has begun. */
    public void begun(String name) {
        if (loadsDockerfile(name)) {
            loaded.add(name);
        } else if (isInstruction(name)) {
            instructionsBegun = true;
        } else if (!name.startsWith("[internal] ") && !name.startsWith("[auth] ")) {
            frontendBegun = true;
        }
    }

    /**
     * Takes a line that is none of BuildKit's, in which a client may say that the build failed: {@code ERROR: failed to solve: …}, of Docker
     * CLI 20.10 and older {@code failed to solve with frontend …} or {@code executor failed running …}. Much else says that it failed to do
     * something, of builds that end well too: {@code failed to get console mode for stdout} of the client itself, what a CI job does next.
     */
    public void said(String line) {
        boolean told = line.startsWith(ERROR);
        String why = (told ? line.substring(ERROR.length()) : line).strip();
        failed |= told;
        if ((told && why.startsWith("failed to "))
                || why.startsWith("failed to solve")
                || why.startsWith("executor failed running ")) {
            failed = true;
            current().failed(why);
        }
    }

    /**
     * Whether a vertex of this name, if it begins now, is the first of another build: BuildKit loads a Dockerfile before it begins any
     * instruction, and never again. With several targets (bake) each loads its own, and names it after the target.
     *
     * @param unknown whether it is surely not a vertex that was told of before. A build loads its Dockerfile twice, as two vertices, if that
     *     names a frontend ({@code # syntax=}), which then begins between the two
     */
    public boolean beginsAnother(String name, boolean unknown) {
        return loadsDockerfile(name)
                && (instructionsBegun || failed || (unknown && !frontendBegun && loaded.contains(name)));
    }

    /** Whether it is one of the vertices that read what tells how to build, by the names that BuildKit's Dockerfile frontend gives them. */
    private static boolean loadsDockerfile(String name) {
        return name.startsWith("[internal] load ")
                && (name.startsWith("build definition from ", 16)
                        || name.startsWith(".dockerignore", 16)
                        || name.startsWith("remote build context", 16)
                        || name.startsWith("git source ", 16));
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

    /** Whether no build was told of. */
    public boolean isEmpty() {
        return recorders.getFirst().isEmpty();
    }

    /** All that is known up to now, in the order of the log; empty if nothing is. */
    public List<BuildProgress> progress() {
        return recorders.stream().flatMap(Builds::progress).toList();
    }

    /** Of these the last: the build that the log is at. */
    public List<BuildProgress> currentProgress() {
        return progress(current()).toList();
    }

    private static Stream<BuildProgress> progress(ProgressRecorder recorder) {
        return recorder.isEmpty() ? Stream.empty() : Stream.of(recorder.progress());
    }
}
