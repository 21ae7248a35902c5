package dev.cachewarden.engine;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads what a builder remembers of its builds: the last 50, and all of the last 48 hours, unless it is set otherwise. BuildKit does so
 * from 0.11 on (Docker Engine 24 and newer); an older one refuses with status {@code UNIMPLEMENTED}.
 */
public interface BuildHistory {

    /**
     * Tells of each build that runs or is remembered, and then of each that starts, ends, changes or is forgotten. A build may be told of
     * more than once with nothing changed. Returns when the time is over.
     *
     * @param within how long to listen, at most
     * @param onEvent called on the calling thread; what it throws ends the call. The builder never waits for it
     * @throws EngineUnreachableException if the connection could not be made or broke; also when the thread is interrupted
     * @throws EngineRefusedException if the builder keeps no history, or answered with an error
     */
    void listen(
            HostConnection connection,
            HostCapabilities capabilities,
            Duration within,
            Consumer<BuildHistoryEvent> onEvent);

    /**
     * The steps of a build that has ended.
     *
     * @return without vertices if the builder kept no log of it
     * @throws EngineUnreachableException if no whole answer came
     * @throws EngineRefusedException with status {@code NOT_FOUND} if the builder does not remember it, or answered with an error
     */
    BuildProgress progress(HostConnection connection, HostCapabilities capabilities, String ref, ProgressLimits limits);

    /**
     * How often to tell, and for how long.
     *
     * @param every at most so often
     * @param within at most so long
     */
    record Pace(Duration every, Duration within) {}

    /**
     * The steps of a build that runs, as they come. Returns when it has ended, or the time is over.
     *
     * @param soFar called on the calling thread with all that is known, where there is something new; what it throws ends the call. The
     *     builder never waits for it
     * @throws EngineUnreachableException if the connection could not be made or broke; also when the thread is interrupted
     * @throws EngineRefusedException with status {@code NOT_FOUND} if the builder does not know it, or answered with an error
     */
    void follow(
            HostConnection connection,
            HostCapabilities capabilities,
            String ref,
            ProgressLimits limits,
            Pace pace,
            Consumer<BuildProgress> soFar);
}
