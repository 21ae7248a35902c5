package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the progress of one build from updates. It never throws because of an update, and never exceeds its limits. Updates that it
 * cannot store or interpret become gaps. Not thread-safe.
 */
public final class ProgressRecorder {

    private final ProgressLimits limits;
    private final Gaps gaps = new Gaps();
    private final Budget budget;
    private final Logs logs;

    /** Vertices by digest, by number, by group, and by the digest of each member of a group. Several keys may refer to one vertex. */
    private final Map<String, VertexRecording> byId = new HashMap<>();

    private final List<VertexRecording> vertices = new ArrayList<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, BuildProgress.Warning> warnings = new LinkedHashMap<>();

    private final SpanRecording span = new SpanRecording();

    private @Nullable String failure;
    private boolean checked;
    private boolean last;
    private boolean ended;

    public ProgressRecorder(ProgressLimits limits) {
        this.limits = limits;
        this.budget = new Budget(limits, gaps);
        this.logs = new Logs(limits.logs());
    }

    private ProgressRecorder(ProgressRecorder before) {
        this.limits = before.limits;
        this.budget = before.budget.sharedWith(gaps);
        this.logs = before.logs;
    }

    /** Returns the estimated memory, in bytes, of this recorder and the earlier ones of the same log. */
    public long held() {
        return budget.taken() + logs.taken();
    }

    /** Returns a recorder for the next build of the same log. It uses the memory that the earlier ones left. */
    public ProgressRecorder next() {
        return new ProgressRecorder(this);
    }

    /** Records the current state of a vertex. */
    public void vertex(VertexUpdate update) {
        var vertex = known(update.id(), update.name());
        if (vertex != null) {
            vertex.update(update);
        }
    }

    /** Records the current state of a vertex that is shown as part of a group. */
    public void vertex(VertexUpdate update, VertexUpdate.Group group) {
        var shown = known(group.id(), group.name());
        if (shown == null || (!byId.containsKey(update.id()) && !budget.takeFor(update.id(), update.name()))) {
            return;
        }
        shown.alsoNamed(group.name());
        byId.put(update.id(), shown);
        groups.computeIfAbsent(group.id(), id -> new Group(shown)).update(update, group.weak());
    }

    /** Records the progress of a part of a vertex. */
    public void status(StatusUpdate update) {
        var started = update.started();
        var completed = update.completed();
        Duration duration = null;
        if (started != null && completed != null) {
            duration = completed.isBefore(started) ? Duration.ZERO : Duration.between(started, completed);
        }
        long current = Math.max(0, update.current());
        long total = Math.max(0, update.total());
        status(update.vertexId(), new Vertex.Status(update.id(), current, total, duration, completed != null));
    }

    /** Records the progress of a part of a vertex, from a log without times. */
    public void status(String vertexId, Vertex.Status status) {
        var vertex = named(vertexId);
        if (vertex != null) {
            vertex.part(status);
        }
    }

    /** Records output of a vertex, in UTF-8. A line or a character may be split over several calls. */
    public void log(String vertexId, byte[] text, int offset, int length) {
        var vertex = named(vertexId);
        if (vertex != null) {
            boolean kept = logs.append(vertex.log, text, offset, length);
            if (!kept) {
                gaps.add(
                        "The build printed more than Cachewarden keeps. The output of the longest silent steps is missing.");
            }
        }
    }

    /** Records the whole array as output, like {@link #log(String, byte[], int, int)}. */
    public void log(String vertexId, byte[] text) {
        log(vertexId, text, 0, text.length);
    }

    public void warning(BuildProgress.Warning warning) {
        String text = budget.cut(warning.text());
        if (warnings.containsKey(text)) {
            return;
        }
        if (warnings.size() == limits.warnings()) {
            gaps.tooMany("warnings", limits.warnings());
            return;
        }
        String url = warning.url() == null ? null : budget.cut(warning.url());
        if (budget.takeFor(text, url == null ? "" : url)) {
            warnings.put(text, new BuildProgress.Warning(warning.vertex(), text, url, warning.line()));
        }
    }

    /** Records the error that the client reported. The last one counts, unless it is a truncated copy of the previous one. */
    public void failed(String why) {
        if (failure == null || !failure.startsWith(why)) {
            failure = budget.cut(why);
        }
    }

    public @Nullable String failure() {
        return failure;
    }

    /** Records that the client only checked the Dockerfile. */
    public void checked() {
        checked = true;
    }

    /** Records the text before a line of the build, which may contain a time. */
    public void before(byte[] text, int from, int to) {
        span.before(text, from, to);
    }

    /** Records the duration of the whole build, as reported by the log. */
    public void took(Duration duration) {
        span.took(duration);
    }

    /** Records whether the log leaves the end of the build open. */
    public void open(boolean open) {
        span.open(open);
    }

    /** Records that a part is missing, with the reason as a sentence for users. */
    public void gap(String reason) {
        gaps.add(reason);
    }

    /** Records the header of a vertex, from a log without times. The vertex has started. */
    public void begun(String id, String name) {
        var vertex = known(id, name);
        if (vertex != null) {
            vertex.named(name);
            vertex.begun();
        }
    }

    /** Shows the vertex under its digest from now on. Its earlier ID remains valid. */
    public void identified(String id, String digest) {
        var vertex = byId.get(id);
        if (vertex != null && byId.putIfAbsent(digest, vertex) == null && budget.takeFor(digest)) {
            vertex.identified(digest);
        }
    }

    /**
     * Records the end of a vertex, from a log without times.
     *
     * @param duration null if the log does not contain it, as for cached and failed vertices
     * @param error null unless the vertex failed
     */
    public void ended(String id, VertexState state, @Nullable Duration duration, @Nullable String error) {
        var vertex = named(id);
        if (vertex != null) {
            vertex.ended(state, duration, error);
        }
    }

    /** Records that a log without a graph ends with this build, so that it may be cut off at any place. */
    public void endsHere() {
        last = true;
    }

    /**
     * Ends the recording; steps that still run become a gap. A target whose result was exported needs no running step. For such a step,
     * only the end is missing.
     */
    public void end() {
        ended = true;
        var end = LogEnd.of(vertices);
        vertices.stream().filter(vertex -> end.isPast(vertex.name())).forEach(VertexRecording::closed);
        var running = vertices.stream()
                .filter(vertex -> vertex.state() == VertexState.RUNNING)
                .map(VertexRecording::name)
                .toList();
        long open = running.stream().filter(name -> !end.isPast(name)).count();
        long instructions = running.stream()
                .filter(name -> end.isPast(name) && StagePlace.of(name) != null)
                .count();
        if (open > 0) {
            gaps.add(BuildProgress.stillRunning(open));
        }
        if (last && open == 0 && failure == null && end.targets().isEmpty() && LogEnd.stopsEarly(vertices, checked)) {
            gaps.add(BuildProgress.STOPS_EARLY);
        }
        if (instructions > 0) {
            gaps.add("The log does not show how %d of the steps ended.".formatted(instructions));
        }
    }

    /** Returns true if no vertex is running or waiting. */
    public boolean hasEnded() {
        return vertices.stream()
                .map(VertexRecording::state)
                .noneMatch(state -> state == VertexState.RUNNING || state == VertexState.WAITING);
    }

    /** Returns true if a vertex has ended. */
    public boolean hasAnyEnd() {
        return vertices.stream()
                .map(VertexRecording::state)
                .anyMatch(state -> state != VertexState.RUNNING && state != VertexState.WAITING);
    }

    /** Returns true if a vertex has this name. */
    public boolean hasNamed(String name) {
        return vertices.stream().anyMatch(vertex -> vertex.name().equals(name));
    }

    /** Returns true if a vertex is running. */
    public boolean isRunning() {
        return vertices.stream().anyMatch(vertex -> vertex.state() == VertexState.RUNNING);
    }

    /** Returns true if a vertex is running, and its run started at exactly this time. */
    public boolean runsSince(String id, Instant started) {
        var vertex = byId.get(id);
        return vertex != null && vertex.runsSince(started);
    }

    /** Returns true if a vertex has a name, but never started. */
    public boolean waits(String id) {
        var vertex = byId.get(id);
        return vertex != null && vertex.state() == VertexState.WAITING;
    }

    /** Returns true if the recorder knows this vertex. */
    public boolean knows(String id) {
        return byId.containsKey(id);
    }

    /** Returns true if a vertex has a part whose name begins with this text. */
    public boolean hasStatus(String beginning) {
        return vertices.stream().anyMatch(vertex -> vertex.hasStatus(beginning));
    }

    /** Returns true if the recorder knows no vertex. */
    public boolean isEmpty() {
        return vertices.isEmpty();
    }

    /** Returns the progress so far. */
    public BuildProgress progress() {
        return Targets.alone(progress(shown())).within(span.span());
    }

    /** Returns the progress so far as one build for each target, if several were built at once. */
    public List<BuildProgress> targets() {
        var shown = shown();
        var whole = span.span();
        return Targets.of(
                        progress(shown),
                        shown.vertices().stream().map(VertexRecording::names).toList(),
                        vertices.stream()
                                .filter(vertex -> shown.instead().containsKey(vertex.id()))
                                .map(vertex -> new Merged.LeftOut(
                                        vertex.names(),
                                        vertex.vertex(id -> shown.instead(shownAs(id)))
                                                .inputs(),
                                        shown.instead(vertex.id())))
                                .toList(),
                        last && ended)
                .stream()
                .map(build -> build.within(whole))
                .toList();
    }

    private Merged shown() {
        return Merged.of(vertices.stream()
                .filter(vertex -> {
                    var group = groups.get(vertex.id());
                    return group == null || !group.hidden();
                })
                .toList());
    }

    private BuildProgress progress(Merged shown) {
        List<Vertex> vertices = new ArrayList<>(shown.vertices().size());
        shown.vertices().forEach(vertex -> vertices.add(vertex.vertex(id -> shown.instead(shownAs(id)))));
        return new BuildProgress(null, vertices, reportedWarnings(), failure, gaps.reasons());
    }

    private List<BuildProgress.Warning> reportedWarnings() {
        List<BuildProgress.Warning> reported = new ArrayList<>(warnings.size());
        for (var warning : warnings.values()) {
            String vertex = warning.vertex() == null ? null : shownAs(warning.vertex());
            reported.add(new BuildProgress.Warning(vertex, warning.text(), warning.url(), warning.line()));
        }
        return reported;
    }

    private String shownAs(String id) {
        var vertex = byId.get(id);
        return vertex == null ? id : vertex.id();
    }

    private @Nullable VertexRecording named(String id) {
        var vertex = byId.get(id);
        if (vertex == null) {
            gaps.add("The log refers to steps whose names are missing or were omitted.");
        }
        return vertex;
    }

    private @Nullable VertexRecording known(String id, String name) {
        var vertex = byId.get(id);
        if (vertex != null) {
            return vertex;
        }
        if (vertices.size() == limits.vertices()) {
            gaps.tooMany("steps", limits.vertices());
            return null;
        }
        if (id.length() > limits.text() || !budget.takeFor(id, budget.cut(name))) {
            return null;
        }
        var first = new VertexRecording(id, name, limits, budget, gaps);
        byId.put(id, first);
        vertices.add(first);
        return first;
    }

    /** A group of vertices. It is hidden until a member that is not weak starts, as in BuildKit's own display. */
    private static final class Group {

        private final VertexRecording shown;
        private final Set<String> uncached = new HashSet<>();
        private boolean hidden = true;

        Group(VertexRecording shown) {
            this.shown = shown;
        }

        void update(VertexUpdate update, boolean weak) {
            if (update.cached()) {
                uncached.remove(update.id());
            } else {
                uncached.add(update.id());
            }
            shown.member(update, uncached.isEmpty());
            hidden &= update.started() == null || weak;
        }

        boolean hidden() {
            return hidden;
        }
    }
}
