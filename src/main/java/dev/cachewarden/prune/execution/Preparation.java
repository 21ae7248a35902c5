package dev.cachewarden.prune.execution;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.prune.plan.PlannedRecord;
import dev.cachewarden.prune.plan.rule.Filter;
import java.time.Instant;
import java.util.List;

/** What looking at a plan and at the host just before deleting came to. */
sealed interface Preparation {

    /**
     * These records may be deleted still.
     *
     * @param records children before their parents; may be empty
     * @param readAt when the cache was read that says so
     * @param pins that were in force then
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
     * Nothing may be sent, or nothing more.
     *
     * @param reason a sentence
     */
    record Refused(String reason) implements Preparation {}

    /** Somebody called it off while it waited. */
    record CalledOff() implements Preparation {}

    /** This replica is about to end, and another one may begin it anew. */
    record GivenBack() implements Preparation {}
}
