package dev.cachewarden.run.execution;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PlannedRecord;
import dev.cachewarden.run.RunNote;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

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
     * @param reasons the reasons, as notes of the run
     */
    record Refused(List<RunNote> reasons) implements Preparation {
        public Refused {
            reasons = List.copyOf(reasons);
        }

        static Refused because(RunNote reason) {
            return new Refused(List.of(reason));
        }

        /** Returns the same refusal for a run that has not deleted anything. */
        Refused nothingDeleted() {
            return new Refused(Stream.concat(reasons.stream(), Stream.of(RunNote.of(RunNote.Code.NOTHING_DELETED)))
                    .toList());
        }
    }

    /** A user canceled the run while it waited. */
    record Canceled() implements Preparation {}

    /** A release of the run, because this replica is about to stop. Another replica can start the run again. */
    record Released() implements Preparation {}
}
