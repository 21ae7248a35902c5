package dev.cachewarden.engine.buildkit;

import dev.cachewarden.engine.buildkit.DrainedCall.SilenceException;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressRecorder;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the steps of a build off a stream, and tells of them together as often as is wanted, not with each line that a step prints. */
final class PacedProgress {

    private final ProgressRecorder recorder;
    private final Duration every;
    private final Consumer<BuildProgress> soFar;
    private long toldAt = System.nanoTime();
    private boolean news;

    PacedProgress(ProgressRecorder recorder, Duration every, Consumer<BuildProgress> soFar) {
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
                    BuildWire.tell(next, recorder);
                    news = true;
                }
            } catch (SilenceException e) {
                // The build prints nothing; what was heard before is due.
                toldAt = System.nanoTime() - every.toNanos();
            }
            if (news && System.nanoTime() - toldAt >= every.toNanos()) {
                soFar.accept(recorder.progress());
                news = false;
                toldAt = System.nanoTime();
            }
        }
    }
}
