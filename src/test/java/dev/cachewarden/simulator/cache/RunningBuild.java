package dev.cachewarden.simulator.cache;

import java.util.ArrayList;
import java.util.List;

/** A simulated build that has not ended: it holds its records, and new ones are told as never used. */
public final class RunningBuild {

    private final RecordGraph graph;
    private final BuildSpec spec;
    private final List<SimulatedRecord> used = new ArrayList<>();
    private int hits;

    RunningBuild(RecordGraph graph, BuildSpec spec) {
        this.graph = graph;
        this.spec = spec;
        for (var step : spec.steps()) {
            var record = take(step);
            graph.hold(record, 1);
            used.add(record);
        }
    }

    /** Ends the build: uses are counted, what was written to is closed. */
    public BuildReport finish() {
        synchronized (graph) {
            for (int i = 0; i < used.size(); i++) {
                close(spec.steps().get(i), used.get(i));
            }
            if (spec.image() != null) {
                graph.exported(spec.image(), used.getLast());
            }
            return new BuildReport(
                    hits,
                    used.size() - hits,
                    used.stream().map(SimulatedRecord::id).toList());
        }
    }

    public List<String> recordIds() {
        synchronized (graph) {
            return used.stream().map(SimulatedRecord::id).toList();
        }
    }

    private SimulatedRecord take(BuildSpec.Step step) {
        var parents = step.parents().stream().map(used::get).toList();
        long digest = digest(step, parents);
        var hit = graph.hit(digest);
        if (hit != null) {
            hits++;
            return hit;
        }
        return graph.make(step, digest, parents);
    }

    private void close(BuildSpec.Step step, SimulatedRecord record) {
        graph.hold(record, -1);
        graph.touch(record);
        switch (step.kind()) {
            case LOCAL_SOURCE -> {
                record.type = step.kind().type;
                record.size = step.bytes();
            }
            case CACHE_MOUNT -> {
                record.size += step.bytes();
                record.unmeasured = true;
            }
            case PULL, FRONTEND, GIT_CHECKOUT, FILE_OPERATION, EXEC -> {}
        }
    }

    /** Sources and cache mounts are known by name alone; everything else by what went in and what it stands on. */
    private static long digest(BuildSpec.Step step, List<SimulatedRecord> parents) {
        long digest = Digests.join(step.kind().ordinal() + 1L, Digests.of(step.target()));
        if (step.kind() != BuildSpec.Kind.CACHE_MOUNT) {
            digest = Digests.join(digest, Digests.of(step.words()));
        }
        if (!step.kind().writtenAgain()) {
            digest = Digests.join(digest, step.content());
        }
        for (var parent : parents) {
            digest = Digests.join(digest, parent.digest);
        }
        return digest;
    }
}
