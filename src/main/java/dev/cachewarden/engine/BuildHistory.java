package dev.cachewarden.engine;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads the build history of a builder. By default, the history contains the last 50 builds and all builds of the last 48 hours. BuildKit
 * records it since 0.11 (Docker Engine 24 and later). Earlier versions refuse the call with status {@code UNIMPLEMENTED}.
 */
public interface BuildHistory {

    /**
     * Streams all running and recorded builds, and then each build that starts, ends, changes, or is removed from the history. The builder
     * may send the same event of a build more than once. Returns when the time is over.
     *
     * @param within maximum time to listen
     * @param onEvent called on the calling thread; an exception of it ends the call. The builder never waits for it
     * @throws EngineUnreachableException if the connection failed or broke, or the thread was interrupted
     * @throws EngineRefusedException if the builder keeps no history, or answered with an error
     */
    void listen(
            HostConnection connection,
            HostCapabilities capabilities,
            Duration within,
            Consumer<BuildHistoryEvent> onEvent);

    /**
     * Reads the steps of a build that has ended.
     *
     * @return the steps, without vertices if the builder kept no log of the build
     * @throws EngineUnreachableException if the answer was missing or incomplete
     * @throws EngineRefusedException with status {@code NOT_FOUND} if the history does not contain the build, or with another status if the
     *     builder answered with an error
     */
    BuildProgress progress(HostConnection connection, HostCapabilities capabilities, String ref, ProgressLimits limits);

    /**
     * The interval and the total time of progress updates.
     *
     * @param every minimum interval between two updates
     * @param within maximum time to follow a build
     */
    record Pace(Duration every, Duration within) {}

    /**
     * Streams the steps of a running build. Returns when the build has ended or the time is over.
     *
     * @param soFar called on the calling thread with the complete progress so far, only after a change; an exception of it ends the call.
     *     The builder never waits for it
     * @throws EngineUnreachableException if the connection failed or broke, or the thread was interrupted
     * @throws EngineRefusedException with status {@code NOT_FOUND} if the builder does not know the build, or with another status if it
     *     answered with an error
     */
    void follow(
            HostConnection connection,
            HostCapabilities capabilities,
            String ref,
            ProgressLimits limits,
            Pace pace,
            Consumer<BuildProgress> soFar);
}
