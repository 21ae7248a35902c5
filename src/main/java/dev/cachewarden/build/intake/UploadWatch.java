package dev.cachewarden.build.intake;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has a look at the logs that come in, again and again. */
@Component
class UploadWatch implements SmartLifecycle {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(UploadWatch.class);

    private final OpenUploads uploads;
    private final InstantSource clock;
    private volatile @Nullable Thread loop;

    UploadWatch(OpenUploads uploads, InstantSource clock) {
        this.uploads = uploads;
        this.clock = clock;
    }

    @Override
    public void start() {
        var started = Thread.ofVirtual().name("upload-watch").unstarted(this::repeat);
        loop = started;
        started.start();
    }

    private void repeat() {
        while (loop == Thread.currentThread()) {
            try {
                uploads.look(clock.instant());
            } catch (RuntimeException e) {
                LOG.debug("Looking at the logs that come in failed; it is tried again", e);
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        var stopped = loop;
        loop = null;
        if (stopped != null) {
            stopped.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
