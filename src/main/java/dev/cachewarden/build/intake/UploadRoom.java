package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.rest.BusyException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The limits for concurrent uploads on this replica: their number, in total and per sender, and their total memory. An upload can stay open
 * for hours, so without a limit a few hundred slow ones would use all memory.
 */
@Component
final class UploadRoom {

    /** The minimum memory of an open upload, in bytes, for its buffers and those of its connection. */
    private static final long LEAST = 256 << 10;

    /** The number of copies in memory. Data is copied once while it is shown or stored. */
    private static final int COPIES = 2;

    private final BuildSettings settings;
    private final Map<String, Integer> bySender = new HashMap<>();
    private int open;
    private long held;

    UploadRoom(BuildSettings settings) {
        this.settings = settings;
    }

    /**
     * Reserves a place for a log.
     *
     * @param sender token or account
     * @throws BusyException if no place is available
     */
    synchronized Place enter(String sender) {
        int own = bySender.getOrDefault(sender, 0);
        if (open >= settings.uploads() || own >= settings.uploadsPerSender()) {
            throw busy("Too many logs are being uploaded" + (open >= settings.uploads() ? "" : " by this sender"));
        }
        if (held + LEAST > settings.uploadBytes()) {
            throw busy("The logs being uploaded use all the memory available for them");
        }
        open++;
        held += LEAST;
        bySender.put(sender, own + 1);
        return new Place(sender);
    }

    private static BusyException busy(String reason) {
        return new BusyException(reason + ". Retry the upload later.");
    }

    /** The place of one log. */
    final class Place implements AutoCloseable {

        private final String sender;
        private long mine = LEAST;

        private Place(String sender) {
            this.sender = sender;
        }

        /**
         * Updates the amount of memory that the log uses.
         *
         * @throws BusyException if all logs together use too much memory; the caller must then end this upload
         */
        void holds(long bytes) {
            synchronized (UploadRoom.this) {
                long now = LEAST + bytes * COPIES;
                if (now > mine && held - mine + now > settings.uploadBytes()) {
                    throw busy("The logs being uploaded use all the memory available for them."
                            + " The received part of this log was kept");
                }
                held += now - mine;
                mine = now;
            }
        }

        @Override
        public void close() {
            synchronized (UploadRoom.this) {
                open--;
                held -= mine;
                bySender.computeIfPresent(sender, (key, own) -> own == 1 ? null : own - 1);
            }
        }
    }
}
