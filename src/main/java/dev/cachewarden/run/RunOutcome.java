package dev.cachewarden.run;

import dev.cachewarden.policy.store.NoRun;

/** The result of running a policy for one host. */
public sealed interface RunOutcome {

    String hostName();

    /** A stored run, which starts, counts down, or waits for approval. */
    record Requested(RunView run) implements RunOutcome {
        @Override
        public String hostName() {
            return run.target().hostName();
        }
    }

    /** An outcome without a run, because the policy selects no record on the host. */
    record NothingToDelete(String hostName) implements RunOutcome {}

    /** A refusal: Cachewarden created no run and sent nothing to the engine. */
    record Refused(String hostName, NoRun why) implements RunOutcome {

        /** Returns the cause and the next step, as sentences. */
        public String reason() {
            return why.text();
        }
    }
}
