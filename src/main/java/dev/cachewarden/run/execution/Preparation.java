package dev.cachewarden.run.execution;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PlannedRecord;
import java.time.Instant;
import java.util.List;

/** The result of the check of a plan and its host just before a deletion. */
sealed interface Preparation {

    /**
     * The records that may still be deleted.
     *
     * @param records children before their parents; may be empty
     * @param readAt the time of the snapshot that the check is based on
     * @param pins the pins in force at that time
     */
    record Ready(
            HostConnection connection,
            HostCapabilities capabilities,
            List<PlannedRecord> records,
            Instant readAt,
            List<Filter> pins)
            implements Preparation {
        public Ready {
            records = List.copyOf(records);
            pins = List.copyOf(pins);
        }
    }

    /**
     * A refusal: Cachewarden must send nothing, or nothing more, to the builder.
     *
     * @param reason the reason as a sentence
     */
    record Refused(String reason) implements Preparation {}

    /** A user canceled the run while it waited. */
    record CalledOff() implements Preparation {}

    /** A release of the run, because this replica is about to stop. Another replica can start the run again. */
    record GivenBack() implements Preparation {}
}
