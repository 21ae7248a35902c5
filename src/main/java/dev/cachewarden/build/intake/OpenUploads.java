package dev.cachewarden.build.intake;

import dev.cachewarden.build.store.StoredUploads;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The logs that come in at this replica just now. */
@Component
class OpenUploads {

    /** Logs that are shown while they come in: each is read and stored once more every two seconds. */
    static final int MOST = 64;

    /** A build that no replica was heard of for so long has lost the one that took its log in. */
    static final Duration LOST_AFTER = Duration.ofSeconds(60);

    static final String LOST = "Cachewarden went away while the log came in; what came later is missing.";

    private static final Logger LOG = LoggerFactory.getLogger(OpenUploads.class);

    private final StoredUploads uploads;
    private final Set<OpenUpload> open = ConcurrentHashMap.newKeySet();
    private Instant lostUntil = Instant.MIN;

    OpenUploads(StoredUploads uploads) {
        this.uploads = uploads;
    }

    /** From now on it is looked at, unless too many are. */
    void begin(OpenUpload upload) {
        if (open.size() < MOST) {
            open.add(upload);
        }
    }

    void end(OpenUpload upload) {
        open.remove(upload);
    }

    /** Shows what is new of each, and ends what other replicas left behind. To be called again and again. */
    void look(Instant now) {
        for (var upload : open) {
            try {
                upload.look(now);
            } catch (RuntimeException e) {
                LOG.debug("What a log says so far could not be stored; its end is, and it is tried again", e);
            }
        }
        if (lostUntil.isBefore(now.minus(LOST_AFTER).minus(LOST_AFTER))) {
            lostUntil = now.minus(LOST_AFTER);
            int lost = uploads.lose(lostUntil, LOST);
            if (lost > 0) {
                LOG.info("Builds whose logs came in and whose replica is gone: {}; they are closed", lost);
            }
        }
    }
}
