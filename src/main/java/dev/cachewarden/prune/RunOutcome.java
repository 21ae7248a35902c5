package dev.cachewarden.prune;

/** What came of running a policy for one host. */
public sealed interface RunOutcome {

    /** A run was stored; it starts, counts down, or waits for approval. */
    record Requested(RunView run) implements RunOutcome {}

    /** The plan is empty, so that there is nothing to run. */
    record NothingToDelete(PlanView plan) implements RunOutcome {}

    /**
     * Neither; nothing was sent.
     *
     * @param reason a sentence: why, and what to do next
     */
    record Refused(String hostName, String reason) implements RunOutcome {}
}
