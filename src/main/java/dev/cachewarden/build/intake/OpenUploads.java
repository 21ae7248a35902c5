package dev.cachewarden.build.intake;

import dev.cachewarden.build.store.StoredUploads;
import dev.cachewarden.repeat.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The logs that this replica is currently receiving. */
@Component
class OpenUploads {

    /** The maximum number of logs with live progress. The progress of each is read and stored every two seconds. */
    static final int MOST = 64;

    /** The time without a heartbeat after which the replica that received the log counts as stopped. */
    static final Duration LOST_AFTER = Duration.ofSeconds(60);

    static final String LOST = "Cachewarden stopped while it received the log. The rest of the log is missing.";

    private static final Logger LOG = LoggerFactory.getLogger(OpenUploads.class);

    private final StoredUploads uploads;
    private final Set<OpenUpload> open = ConcurrentHashMap.newKeySet();
    private Instant lostUntil = Instant.MIN;

    OpenUploads(StoredUploads uploads) {
        this.uploads = uploads;
    }

    /** Starts to show the progress of a log, unless the maximum number is reached. */
    void begin(OpenUpload upload) {
        if (open.size() < MOST) {
            open.add(upload);
        }
    }

    void end(OpenUpload upload) {
        open.remove(upload);
    }

    /** Stores new progress of each log, and closes uploads of stopped replicas. The caller calls this method periodically. */
    void publishDue(Instant now) {
        for (var upload : open) {
            Guard.run(
                    () -> upload.publishIfDue(now),
                    failure -> LOG.debug("Cannot store the progress of a log; will retry", failure));
        }
        if (lostUntil.isBefore(now.minus(LOST_AFTER).minus(LOST_AFTER))) {
            lostUntil = now.minus(LOST_AFTER);
            int lost = uploads.markLost(lostUntil, LOST);
            if (lost > 0) {
                LOG.info("Closed {} unfinished uploads of a stopped replica", lost);
            }
        }
    }
}
