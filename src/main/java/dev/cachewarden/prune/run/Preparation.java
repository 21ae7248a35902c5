package dev.cachewarden.prune.run;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import java.util.List;

/** What looking at a plan and at the host just before deleting came to. */
sealed interface Preparation {

    /**
     * These records may be deleted still.
     *
     * @param recordIds children before their parents; may be empty
     */
    record Ready(HostConnection connection, HostCapabilities capabilities, List<String> recordIds)
            implements Preparation {
        public Ready {
            recordIds = List.copyOf(recordIds);
        }
    }

    /**
     * Nothing may be sent.
     *
     * @param reason a sentence
     */
    record Refused(String reason) implements Preparation {}
}
