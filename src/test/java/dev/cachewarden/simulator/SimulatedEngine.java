package dev.cachewarden.simulator;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.simulator.cache.BuildReport;
import dev.cachewarden.simulator.cache.BuildSpec;
import dev.cachewarden.simulator.cache.RecordGraph;
import dev.cachewarden.simulator.state.BuildLog;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault;
import dev.cachewarden.simulator.state.RequestLog;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One simulated Docker Engine, listening on loopback or on a unix socket. Its cache is {@link #cache()}; what is wrong with it can
 * be changed while it runs.
 */
public final class SimulatedEngine implements AutoCloseable {

    private final EngineState state;
    private final Listener listener;

    private SimulatedEngine(EngineNetwork network, EngineState state, @Nullable Path socket) {
        this.state = state;
        this.listener = new Listener(network, state, socket);
        listener.open();
    }

    /** Starts one on a loopback port of its own; the same seed gives the same engine id and record ids. */
    public static SimulatedEngine onTcp(
            EngineNetwork network, EngineGeneration generation, long seed, InstantSource clock) {
        var state = new EngineState(generation, seed, clock, network.loops().next());
        return new SimulatedEngine(network, state, null);
    }

    /** Starts one on a unix socket. */
    public static SimulatedEngine onSocket(
            EngineNetwork network, EngineGeneration generation, long seed, InstantSource clock, Path socket) {
        var state = new EngineState(generation, seed, clock, network.loops().next());
        return new SimulatedEngine(network, state, socket);
    }

    /** Where it listens; stays the same while it is down. */
    public HostAddress address() {
        return listener.address();
    }

    public RecordGraph cache() {
        return state.cache();
    }

    /** The builds that it remembers; those of {@link #build} are not among them. */
    public BuildLog builds() {
        return state.builds();
    }

    public BuildReport build(BuildSpec spec) {
        return state.cache().build(spec);
    }

    public EngineGeneration generation() {
        return state.generation();
    }

    /** {@code ID} of {@code /info}. */
    public String id() {
        return state.id();
    }

    /** From now on another engine answers at the address, with the same cache. */
    public void replaceId(String otherId) {
        state.replaceId(otherId);
    }

    /** What it was asked so far. */
    public RequestLog requests() {
        return state.requests();
    }

    /** Bytes free on its disk, as a prune with a free-space target sees them. */
    public void setDiskFree(long bytes) {
        state.setDiskFree(bytes);
    }

    /** Breaks it in one more way; the same kind of fault replaces the one before. */
    public void inject(Fault fault) {
        state.inject(fault);
        if (fault instanceof Fault.Down) {
            listener.close();
        }
    }

    /** Mends it. Connections from before are closed, since some may wait for an answer that will not come. */
    public void recover() {
        state.recover();
        listener.closeConnections();
        listener.open();
    }

    @Override
    public void close() {
        listener.end();
    }
}
