package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The recording of one vertex. */
final class VertexRecording {

    private static final String CANCELED = "context canceled";

    /** The maximum number of targets that can share a vertex and still be distinguished. */
    private static final int MOST_NAMES = 32;

    private final ProgressLimits limits;
    private final Budget budget;
    private final Gaps gaps;
    private final Runs runs = new Runs();
    private final Map<String, Vertex.Status> statuses = new LinkedHashMap<>();
    private String id;
    private String name;
    private final List<String> names = new ArrayList<>(1);
    private List<String> inputs = List.of();
    private boolean begun;
    private boolean ended;

    /** True if a log without times repeats its header after its end, so that it runs again. */
    private boolean reopened;

    private boolean cached;
    private boolean canceled;
    private String error = "";
    private @Nullable Duration duration;
    final LogTail log;

    VertexRecording(String id, String name, ProgressLimits limits, Budget budget, Gaps gaps) {
        this.limits = limits;
        this.budget = budget;
        this.gaps = gaps;
        this.id = id;
        this.name = budget.cut(name);
        this.names.add(this.name);
        this.log = new LogTail(limits.log());
    }

    String id() {
        return id;
    }

    void identified(String digest) {
        id = digest;
    }

    void named(String name) {
        if (!name.isEmpty() && !name.equals(this.name)) {
            alsoNamed(name);
            this.name = budget.replace(this.name, name);
        }
    }

    /** Adds another name of the vertex, such as the one of another target. */
    void alsoNamed(String name) {
        String cut = budget.cut(name);
        if (!cut.isEmpty() && names.size() < MOST_NAMES && !names.contains(cut) && budget.takeFor(cut)) {
            names.add(cut);
        }
    }

    /** Returns all names in order of appearance. */
    List<String> names() {
        return names;
    }

    void begun() {
        begun = true;
        reopened = ended;
    }

    /** Records that the vertex no longer runs, so that its last end counts. */
    void closed() {
        reopened = false;
    }

    void update(VertexUpdate update) {
        named(update.name());
        dependsOn(update.inputs());
        // A vertex that ran may be reported as if it were new when another build step needs it. BuildKit's own display
        // ignores such reports, too.
        boolean newest = runs.isEmpty() || update.started() != null || update.completed() != null;
        if (newest) {
            ran(update.started(), update.completed());
            begun |= update.started() != null;
            ended = update.completed() != null;
            reopened = false;
            cached = update.cached();
            failed(update.error());
        }
    }

    private void dependsOn(List<String> inputs) {
        if (!inputs.isEmpty() && !inputs.equals(this.inputs) && budget.takeFor(inputs.toArray(String[]::new))) {
            this.inputs = inputs;
        }
    }

    void ran(@Nullable Instant started, @Nullable Instant completed) {
        if (started == null) {
            return;
        }
        var end = completed;
        if (completed != null && completed.isBefore(started)) {
            gaps.add(
                    "Some steps end before they start according to the clock of the build machine. Their duration counts as zero.");
            end = started;
        }
        if (!runs.put(new Vertex.Run(started, end), limits.runs())) {
            gaps.tooMany("runs of one step", limits.runs());
        }
    }

    private void failed(@Nullable String error) {
        canceled = error != null && error.endsWith(CANCELED);
        this.error = error == null || error.isEmpty() ? "" : budget.replace(this.error, error);
    }

    /**
     * Records an update of a group's member. The members determine the state of the group. It keeps the first error of a member, and
     * depends on all inputs of its members.
     */
    void member(VertexUpdate update, boolean allCached) {
        if (!inputs.containsAll(update.inputs())) {
            Set<String> all = new LinkedHashSet<>(inputs);
            all.addAll(update.inputs());
            dependsOn(List.copyOf(all));
        }
        ran(update.started(), update.completed());
        begun |= update.started() != null;
        ended |= update.completed() != null;
        cached = allCached;
        if (error.isEmpty()) {
            failed(update.error());
        }
    }

    void ended(VertexState state, @Nullable Duration duration, @Nullable String error) {
        begun = true;
        ended = true;
        reopened = false;
        cached = state == VertexState.CACHED;
        this.duration = duration;
        failed(state == VertexState.FAILED && (error == null || error.isEmpty()) ? Vertex.UNKNOWN_ERROR : error);
        canceled = state == VertexState.CANCELED;
    }

    void part(Vertex.Status part) {
        if (statuses.containsKey(part.id())) {
            statuses.put(part.id(), part);
        } else if (statuses.size() == limits.statuses()) {
            gaps.tooMany("transfers of one step", limits.statuses());
        } else if (budget.takeFor(part.id())) {
            statuses.put(part.id(), part);
        }
    }

    boolean hasStatus(String beginning) {
        return statuses.keySet().stream().anyMatch(part -> part.startsWith(beginning));
    }

    Vertex vertex(UnaryOperator<String> known) {
        var merged = runs.merged();
        var state = state(merged);
        boolean failed = state == VertexState.FAILED || state == VertexState.CANCELED;
        return new Vertex(
                id,
                name,
                List.copyOf(inputs(known)),
                state,
                merged,
                reopened ? null : merged.isEmpty() ? duration : Runs.duration(merged),
                failed && !error.isEmpty() ? error : null,
                new ArrayList<>(statuses.values()),
                log.text(),
                log.cut());
    }

    private Set<String> inputs(UnaryOperator<String> known) {
        Set<String> resolved = new LinkedHashSet<>();
        for (String input : inputs) {
            resolved.add(known.apply(input));
        }
        resolved.remove(id);
        return resolved;
    }

    String name() {
        return name;
    }

    boolean runsSince(Instant started) {
        return runs.runsSince(started);
    }

    VertexState state() {
        return state(runs.merged());
    }

    private VertexState state(List<Vertex.Run> merged) {
        boolean running = !merged.isEmpty() && merged.getLast().completed() == null;
        if (reopened) {
            return VertexState.RUNNING;
        }
        if (canceled) {
            return VertexState.CANCELED;
        }
        if (!error.isEmpty()) {
            return VertexState.FAILED;
        }
        if (running || (begun && !ended)) {
            return VertexState.RUNNING;
        }
        if (!ended) {
            return VertexState.WAITING;
        }
        return cached ? VertexState.CACHED : VertexState.DONE;
    }
}
