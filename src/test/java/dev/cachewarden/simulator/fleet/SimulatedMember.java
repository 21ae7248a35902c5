package dev.cachewarden.simulator.fleet;

import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.cache.PruneOptions;
import dev.cachewarden.simulator.cache.Pruning;
import dev.cachewarden.simulator.cache.RecordDraft;
import java.util.Map;
import java.util.Random;

/** One engine of a fleet and who uses it. */
public final class SimulatedMember {

    /** One build in this many changes the lock file, the base, is exported as an image, or comes from a git checkout. */
    private static final int LOCK_CHANGES = 12;

    private static final int BASE_CHANGES = 90;
    private static final int EXPORTS = 5;
    private static final int CHECKOUTS = 25;

    /** Limits of the garbage collection that newer engines do by themselves, on a 250 GB disk. */
    private static final long RESERVED = 26_000_000_000L;

    private static final long MAX_USED = 202_000_000_000L;
    private static final long DISK = 250_000_000_000L;
    private static final int PROJECTS_A_HOST = 4;

    private final String name;
    private final Map<String, String> labels;
    private final SimulatedEngine engine;
    private final Random random;
    private final int firstProject;
    private long sourceVersion;
    private long maxUsed = MAX_USED;

    SimulatedMember(String name, Map<String, String> labels, SimulatedEngine engine, long seed) {
        this.name = name;
        this.labels = Map.copyOf(labels);
        this.engine = engine;
        this.random = new Random(seed);
        this.firstProject = (int) Math.floorMod(seed, (long) Projects.ALL.size());
    }

    /** What people call the host. */
    public String name() {
        return name;
    }

    public Map<String, String> labels() {
        return labels;
    }

    public SimulatedEngine engine() {
        return engine;
    }

    public HostConnection connection() {
        return new HostConnection(name, HostKind.DOCKER_ENGINE, engine.address());
    }

    /** Runs one build of one of its projects; now and then with more changed than the source. */
    void build() {
        int choice = firstProject + random.nextInt(PROJECTS_A_HOST);
        var project = Projects.ALL.get(choice % Projects.ALL.size());
        sourceVersion++;
        if (random.nextInt(CHECKOUTS) == 0) {
            engine.build(project.checkout(sourceVersion));
        }
        // People build the same again about every third time.
        long source = random.nextInt(3) == 0 ? sourceVersion - 1 : sourceVersion;
        engine.build(project.build(
                sourceVersion / BASE_CHANGES, sourceVersion / LOCK_CHANGES, source, random.nextInt(EXPORTS) == 0));
    }

    /** Adds what builds of ours do not make. */
    void addRarities() {
        engine.cache()
                .add(RecordDraft.of(
                        "internal", "pulled from docker.io/docker/buildkit-syft-scanner:stable-1", 24_000_000));
    }

    /** From here on garbage collection keeps the cache at about its size, or under the limit of a usual disk. */
    void settle() {
        maxUsed = Math.max(MAX_USED, engine.cache().privateBytes() * 21 / 20);
    }

    /** What an engine with garbage collection does after builds. */
    void collectGarbage() {
        if (!engine.generation().collectsByDefault() || engine.cache().privateBytes() < maxUsed) {
            return;
        }
        var limits = PruneOptions.everything().limits(RESERVED, maxUsed, 0);
        var pruning = new Pruning(engine.cache(), limits, engine.generation().pruneRules(), DISK);
        while (pruning.next() != null) {
            // Each call deletes one.
        }
    }
}
