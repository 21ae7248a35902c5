package dev.cachewarden.prune;

/** What came of running a policy for one host. */
public sealed interface RunOutcome {

    String hostName();

    /** A run was stored; it starts, counts down, or waits for approval. */
    record Requested(RunView run) implements RunOutcome {
        @Override
        public String hostName() {
            return run.hostName();
        }
    }

    /** The policy takes nothing there, so that there is nothing to run. */
    record NothingToDelete(String hostName) implements RunOutcome {}

    /**
     * Neither; nothing was sent.
     *
     * @param reason a sentence: why, and what to do next
     */
    record Refused(String hostName, String reason) implements RunOutcome {}
}
