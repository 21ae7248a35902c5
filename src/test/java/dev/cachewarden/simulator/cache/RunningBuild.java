package dev.cachewarden.simulator.cache;

import java.util.ArrayList;
import java.util.List;

/** A simulated build that has not ended: it holds its records, and new ones are told as never used. */
public final class RunningBuild {

    private final RecordGraph graph;
    private final BuildSpec spec;
    private final List<SimulatedRecord> used = new ArrayList<>();
    private final int holding;
    private int hits;

    /** @param visible whether its records are to be in use, which nobody sees of a build that ends at once */
    RunningBuild(RecordGraph graph, BuildSpec spec, boolean visible) {
        this.graph = graph;
        this.spec = spec;
        this.holding = visible ? 1 : 0;
        for (var step : spec.steps()) {
            var record = take(step);
            hold(record, holding);
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
            return new BuildReport(hits, used.size() - hits, List.copyOf(used));
        }
    }

    public List<String> recordIds() {
        synchronized (graph) {
            return used.stream().map(SimulatedRecord::id).toList();
        }
    }

    private void hold(SimulatedRecord record, int change) {
        if (change != 0) {
            graph.hold(record, change);
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
        hold(record, -holding);
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
        long digest = Digests.join(Digests.of(step.kind().name()), Digests.of(step.target()));
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
