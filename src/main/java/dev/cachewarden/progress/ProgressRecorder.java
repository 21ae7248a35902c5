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
 * Puts together what is told of one build piece by piece. Whatever it is told, it does not throw and does not outgrow its limits; what it
 * cannot keep or does not understand becomes a gap. Not for several threads at once.
 */
public final class ProgressRecorder {

    private final ProgressLimits limits;
    private final Gaps gaps = new Gaps();
    private final Budget budget;
    private final Logs logs;

    /** By digest, by number, by group, and by the digest of each member of a group: several keys may lead to one. */
    private final Map<String, VertexRecording> byId = new HashMap<>();

    private final List<VertexRecording> vertices = new ArrayList<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, ProgressWarning> warnings = new LinkedHashMap<>();

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

    /** Returns the memory that this and the earlier recorders of the same log hold, in estimated bytes. */
    public long held() {
        return budget.taken() + logs.taken();
    }

    /** A recorder for the next build of the same log, with what memory the earlier ones left. */
    public ProgressRecorder next() {
        return new ProgressRecorder(this);
    }

    /** Takes the newest state of a vertex. */
    public void vertex(VertexUpdate update) {
        var vertex = known(update.id(), update.name());
        if (vertex != null) {
            vertex.told(update);
        }
    }

    /** Takes the newest state of a vertex that is shown together with others. */
    public void vertex(VertexUpdate update, ProgressGroup group) {
        var shown = known(group.id(), group.name());
        if (shown == null || (!byId.containsKey(update.id()) && !budget.takeFor(update.id(), update.name()))) {
            return;
        }
        shown.alsoNamed(group.name());
        byId.put(update.id(), shown);
        groups.computeIfAbsent(group.id(), id -> new Group(shown)).told(update, group.weak());
    }

    /** Takes how far a part of a vertex has come. */
    public void status(StatusUpdate update) {
        var started = update.started();
        var completed = update.completed();
        Duration duration = null;
        if (started != null && completed != null) {
            duration = completed.isBefore(started) ? Duration.ZERO : Duration.between(started, completed);
        }
        long current = Math.max(0, update.current());
        long total = Math.max(0, update.total());
        status(update.vertexId(), new VertexStatus(update.id(), current, total, duration, completed != null));
    }

    /** Takes how far a part of a vertex has come, from a log without times. */
    public void status(String vertexId, VertexStatus status) {
        var vertex = named(vertexId);
        if (vertex != null) {
            vertex.part(status);
        }
    }

    /** Takes what a vertex printed, in UTF-8; a line or a character may come in several pieces. */
    public void log(String vertexId, byte[] text, int offset, int length) {
        var vertex = named(vertexId);
        if (vertex != null) {
            boolean kept = logs.append(vertex.log, text, offset, length);
            if (!kept) {
                gaps.add("More was printed than is kept: what steps printed that have long been silent is left out.");
            }
        }
    }

    /** Takes all of an array as {@link #log(String, byte[], int, int)} does. */
    public void log(String vertexId, byte[] text) {
        log(vertexId, text, 0, text.length);
    }

    public void warning(ProgressWarning warning) {
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
            warnings.put(text, new ProgressWarning(warning.vertex(), text, url, warning.line()));
        }
    }

    /** Takes what the client said of why the build failed; the last counts, unless it is the one before, cut short. */
    public void failed(String why) {
        if (failure == null || !failure.startsWith(why)) {
            failure = budget.cut(why);
        }
    }

    public @Nullable String failure() {
        return failure;
    }

    /** Notes that the client only checked the Dockerfile. */
    public void checked() {
        checked = true;
    }

    /** Takes what stands before a line of the build, which may hold a time. */
    public void before(byte[] text, int from, int to) {
        span.before(text, from, to);
    }

    /** Takes how long the whole build took, as the log says. */
    public void took(Duration duration) {
        span.took(duration);
    }

    /** Takes whether the log leaves open how the build ended. */
    public void open(boolean open) {
        span.open(open);
    }

    /** Notes that something is missing, and why, in a sentence for a person. */
    public void gap(String reason) {
        gaps.add(reason);
    }

    /** Takes the header of a vertex from a log that has no times: it has begun. */
    public void begun(String id, String name) {
        var vertex = known(id, name);
        if (vertex != null) {
            vertex.named(name);
            vertex.begun();
        }
    }

    /** From now on the vertex shows under its digest; its earlier id leads to it as before. */
    public void identified(String id, String digest) {
        var vertex = byId.get(id);
        if (vertex != null && byId.putIfAbsent(digest, vertex) == null && budget.takeFor(digest)) {
            vertex.identified(digest);
        }
    }

    /**
     * Takes how a vertex ended, from a log that has no times.
     *
     * @param duration null where the log does not tell, as for cached and failed ones
     * @param error null unless it failed
     */
    public void ended(String id, VertexState state, @Nullable Duration duration, @Nullable String error) {
        var vertex = named(id);
        if (vertex != null) {
            vertex.ended(state, duration, error);
        }
    }

    /** Notes that the log, one without a graph, ends with this build, so that it may have been cut off anywhere. */
    public void endsHere() {
        last = true;
    }

    /**
     * No more will be told: what still runs is a gap. What a build has handed out needs no step to run on, so that only the end of such a step
     * is missing then.
     */
    public void end() {
        ended = true;
        var exports = Exports.of(vertices);
        vertices.stream().filter(vertex -> exports.arePast(vertex.name())).forEach(VertexRecording::closed);
        var running = vertices.stream()
                .filter(vertex -> vertex.state() == VertexState.RUNNING)
                .map(VertexRecording::name)
                .toList();
        long open = running.stream().filter(name -> !exports.arePast(name)).count();
        long instructions = running.stream()
                .filter(name -> exports.arePast(name) && StagePlace.of(name) != null)
                .count();
        if (open > 0) {
            gaps.add(BuildProgress.stillRunning(open));
        }
        if (last && open == 0 && failure == null && exports.targets().isEmpty() && stopsEarly()) {
            gaps.add(BuildProgress.STOPS_EARLY);
        }
        if (instructions > 0) {
            gaps.add("The log does not show how %d of the steps ended.".formatted(instructions));
        }
    }

    /** Whether all went well so far, and a stage lacks its last instructions, or there is no stage. Targets share steps, so that theirs may have other names. */
    private boolean stopsEarly() {
        Map<String, Integer> missing = new HashMap<>();
        for (var vertex : vertices) {
            boolean well = vertex.state() == VertexState.DONE || vertex.state() == VertexState.CACHED;
            String target = TargetName.ofLoad(vertex.name());
            boolean ofTarget = target != null && !target.isEmpty();
            if (ofTarget || (!well && !vertex.name().startsWith("importing "))) {
                return false;
            }
            var place = StagePlace.of(vertex.name());
            if (place != null) {
                missing.merge(place.stage(), place.last() - place.place(), Math::min);
            }
        }
        return missing.isEmpty() ? !checked : missing.values().stream().anyMatch(count -> count > 0);
    }

    /** Whether nothing that it was told of runs or waits. */
    public boolean hasEnded() {
        return vertices.stream()
                .map(VertexRecording::state)
                .noneMatch(state -> state == VertexState.RUNNING || state == VertexState.WAITING);
    }

    /** Whether any vertex has ended. */
    public boolean hasAnyEnd() {
        return vertices.stream()
                .map(VertexRecording::state)
                .anyMatch(state -> state != VertexState.RUNNING && state != VertexState.WAITING);
    }

    /** Whether a vertex has this name. */
    public boolean hasNamed(String name) {
        return vertices.stream().anyMatch(vertex -> vertex.name().equals(name));
    }

    /** Whether any vertex runs. */
    public boolean isRunning() {
        return vertices.stream().anyMatch(vertex -> vertex.state() == VertexState.RUNNING);
    }

    /** Whether a vertex runs, and has done so since this very moment. */
    public boolean runsSince(String id, Instant started) {
        var vertex = byId.get(id);
        return vertex != null && vertex.runsSince(started);
    }

    /** Whether a vertex was named, but never begun. */
    public boolean waits(String id) {
        var vertex = byId.get(id);
        return vertex != null && vertex.state() == VertexState.WAITING;
    }

    /** Whether it was told of this vertex. */
    public boolean knows(String id) {
        return byId.containsKey(id);
    }

    /** Whether any vertex has a part whose name begins so. */
    public boolean hasStatus(String beginning) {
        return vertices.stream().anyMatch(vertex -> vertex.hasStatus(beginning));
    }

    /** Whether it was told of any vertex. */
    public boolean isEmpty() {
        return vertices.isEmpty();
    }

    /** All that is known up to now. */
    public BuildProgress progress() {
        return Targets.alone(progress(shown())).within(span.span());
    }

    /** The same as one build for each target, where several were built at once. */
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
        List<Vertex> told = new ArrayList<>(shown.vertices().size());
        shown.vertices().forEach(vertex -> told.add(vertex.vertex(id -> shown.instead(shownAs(id)))));
        return new BuildProgress(null, told, toldWarnings(), failure, gaps.reasons());
    }

    private List<ProgressWarning> toldWarnings() {
        List<ProgressWarning> told = new ArrayList<>(warnings.size());
        for (var warning : warnings.values()) {
            String vertex = warning.vertex() == null ? null : shownAs(warning.vertex());
            told.add(new ProgressWarning(vertex, warning.text(), warning.url(), warning.line()));
        }
        return told;
    }

    private String shownAs(String id) {
        var vertex = byId.get(id);
        return vertex == null ? id : vertex.id();
    }

    private @Nullable VertexRecording named(String id) {
        var vertex = byId.get(id);
        if (vertex == null) {
            gaps.add("The log tells of steps that it does not name, or whose names were left out.");
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

    /** Hidden as long as none but weak members have begun, as in BuildKit's own display. */
    private static final class Group {

        private final VertexRecording shown;
        private final Set<String> uncached = new HashSet<>();
        private boolean hidden = true;

        Group(VertexRecording shown) {
            this.shown = shown;
        }

        void told(VertexUpdate update, boolean weak) {
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
