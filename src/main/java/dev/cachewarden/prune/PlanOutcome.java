package dev.cachewarden.prune;

import dev.cachewarden.host.HostId;

/** What came of planning for one host. */
public sealed interface PlanOutcome {

    HostId host();

    String hostName();

    /** There is a plan; it may be empty. */
    record Planned(PlanView plan) implements PlanOutcome {
        @Override
        public HostId host() {
            return plan.host();
        }

        @Override
        public String hostName() {
            return plan.hostName();
        }
    }

    /**
     * There is none.
     *
     * @param reason a sentence: why, and what to do next
     */
    record Refused(HostId host, String hostName, String reason) implements PlanOutcome {}
}
