package dev.cachewarden.build.intake;

import dev.cachewarden.repeat.RepeatedStep;
import dev.cachewarden.repeat.Repeater;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** A background task that periodically processes the logs that are being uploaded. */
@Component
class UploadWatch extends RepeatedStep {

    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

    private final OpenUploads uploads;
    private final InstantSource clock;

    UploadWatch(OpenUploads uploads, InstantSource clock, Repeater repeater) {
        super(repeater, "Checking incoming logs", CHECK_EVERY, CHECK_EVERY);
        this.uploads = uploads;
        this.clock = clock;
    }

    @Override
    protected void step() {
        uploads.publishDue(clock.instant());
    }
}
