package dev.cachewarden.simulator.state;

import dev.cachewarden.simulator.cache.RecordGraph;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** All there is to one simulated engine but its sockets. */
public final class EngineState {

    private static final long DISK_FREE = 200_000_000_000L;
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int KEY_GROUPS = 12;
    private static final int KEY_GROUP = 4;

    private final EngineGeneration generation;
    private final InstantSource clock;
    private final RecordGraph cache;
    private final String name;
    private final Map<Class<? extends Fault>, Fault> faults = new ConcurrentHashMap<>();
    private final RequestLog requests = new RequestLog();
    private final EventLog events = new EventLog();
    private final BuildLog builds = new BuildLog();
    private final PruneQueue prunes;
    private volatile String id;
    private volatile long diskFree = DISK_FREE;

    /** @param loop one thread, on which prunes go on */
    public EngineState(EngineGeneration generation, long seed, InstantSource clock, ScheduledExecutorService loop) {
        this.generation = generation;
        this.clock = clock;
        this.name = "sim-" + Long.toUnsignedString(seed, Character.MAX_RADIX);
        this.id = id(seed, generation);
        this.cache = new RecordGraph(seed, clock, generation.style());
        this.prunes = new PruneQueue(this, loop);
    }

    /** Twelve groups of letters and digits before Engine 23.0, a UUID since. */
    private static String id(long seed, EngineGeneration generation) {
        var random = new SplittableRandom(seed);
        if (generation.reportsBuilderVersion()) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        return random.ints(KEY_GROUPS * KEY_GROUP, 0, BASE_32.length())
                .mapToObj(digit -> BASE_32.substring(digit, digit + 1))
                .collect(Collectors.joining())
                .replaceAll("(.{" + KEY_GROUP + "})(?=.)", "$1:");
    }

    public EngineGeneration generation() {
        return generation;
    }

    public InstantSource clock() {
        return clock;
    }

    public RecordGraph cache() {
        return cache;
    }

    /** Name of the machine it runs on. */
    public String name() {
        return name;
    }

    public RequestLog requests() {
        return requests;
    }

    public EventLog events() {
        return events;
    }

    public BuildLog builds() {
        return builds;
    }

    public PruneQueue prunes() {
        return prunes;
    }

    public String id() {
        return id;
    }

    public void replaceId(String otherId) {
        id = otherId;
    }

    public long diskFree() {
        return diskFree;
    }

    public void setDiskFree(long bytes) {
        diskFree = bytes;
    }

    public void inject(Fault fault) {
        faults.put(fault.getClass(), fault);
    }

    public void recover() {
        faults.clear();
    }

    public <F extends Fault> Optional<F> fault(Class<F> kind) {
        return Optional.ofNullable(faults.get(kind)).map(kind::cast);
    }

    public boolean has(Class<? extends Fault> kind) {
        return faults.containsKey(kind);
    }

    public boolean lies(Fault.Lie lie) {
        return fault(Fault.Lying.class).filter(it -> it.lie() == lie).isPresent();
    }

    /** Whether it never answers what is asked at a path. */
    public boolean hangsAt(String path) {
        return fault(Fault.Hung.class).filter(it -> path.contains(it.path())).isPresent();
    }
}
