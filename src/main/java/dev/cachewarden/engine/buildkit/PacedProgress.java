package dev.cachewarden.engine.buildkit;

import dev.cachewarden.engine.buildkit.DrainedCall.BacklogException;
import dev.cachewarden.engine.buildkit.DrainedCall.SilenceException;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressRecorder;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the steps of a build from a stream, and reports them together at a limited rate, not with each line of output. */
final class PacedProgress {

    /** Shown for a running build. After its end, Cachewarden reads all its steps again. */
    private static final String LEFT =
            "Its steps arrived faster than Cachewarden could store them. All steps appear after the build ends.";

    private final BuildWire wire;
    private final ProgressRecorder recorder;
    private final Duration every;
    private final Consumer<BuildProgress> soFar;
    private long reportedAt = System.nanoTime();
    private boolean news;

    PacedProgress(BuildWire wire, ProgressRecorder recorder, Duration every, Consumer<BuildProgress> soFar) {
        this.wire = wire;
        this.recorder = recorder;
        this.every = every;
        this.soFar = soFar;
    }

    void read(DrainedCall<StatusResponse> call) throws InterruptedException {
        boolean ended = false;
        while (!ended) {
            try {
                var next = call.next(every);
                ended = next == null;
                if (next != null) {
                    wire.record(next, recorder);
                    news = true;
                }
            } catch (BacklogException e) {
                soFar.accept(HistoryCalls.withGap(recorder.progress(), LEFT));
                return;
            } catch (SilenceException e) {
                // The build prints nothing, so the updates received before are due.
                reportedAt = System.nanoTime() - every.toNanos();
            }
            if (news && System.nanoTime() - reportedAt >= every.toNanos()) {
                soFar.accept(recorder.progress());
                news = false;
                reportedAt = System.nanoTime();
            }
        }
    }
}
