package dev.cachewarden.plan;

import dev.cachewarden.host.HostId;

/** The result of planning for one host. */
public sealed interface PlanOutcome {

    HostId host();

    String hostName();

    /** A plan, which may be empty. */
    record Planned(PlanView plan) implements PlanOutcome {
        @Override
        public HostId host() {
            return plan.target().host();
        }

        @Override
        public String hostName() {
            return plan.target().hostName();
        }
    }

    /**
     * A refusal: Cachewarden made no plan.
     *
     * @param reason a sentence that states the cause and the next step
     */
    record Refused(HostId host, String hostName, String reason) implements PlanOutcome {}
}
