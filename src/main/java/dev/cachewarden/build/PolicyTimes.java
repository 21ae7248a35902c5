package dev.cachewarden.build;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times when versions of policies came into force. The analysis of builds does not know policies, so the module {@code policy}
 * implements this.
 */
@FunctionalInterface
public interface PolicyTimes {

    /** Returns the version, or empty if it does not exist. */
    Optional<InForce> find(long policyId, int version);

    /**
     * A version of a policy.
     *
     * @param name name of the policy in this version
     * @param since time when this version was saved
     * @param until time when the next version was saved, or null for the current version
     * @param idle reason why this version did not prune automatically, as a sentence without a full stop, or null if it did
     */
    record InForce(
            String name,
            int version,
            Instant since,
            @Nullable Instant until,
            @Nullable String idle) {}
}
