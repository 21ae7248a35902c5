package dev.cachewarden.prune;

/** The result of running a policy for one host. */
public sealed interface RunOutcome {

    String hostName();

    /** Cachewarden stored a run, which starts, counts down, or waits for approval. */
    record Requested(RunView run) implements RunOutcome {
        @Override
        public String hostName() {
            return run.hostName();
        }
    }

    /** The policy selects no record on the host, so no run is needed. */
    record NothingToDelete(String hostName) implements RunOutcome {}

    /**
     * Cachewarden created no run and sent nothing to the engine.
     *
     * @param reason a sentence that states the cause and the next step
     */
    record Refused(String hostName, String reason) implements RunOutcome {}
}
