package dev.cachewarden.build;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells when versions of prune policies came into force. Builds do not know what a policy is; who does, answers. */
@FunctionalInterface
public interface PolicyTimes {

    /** Empty: there is no such version. */
    Optional<InForce> find(long policyId, int version);

    /**
     * A version of a policy.
     *
     * @param name of the policy in that version
     * @param since when it was saved
     * @param until when the next one was; null: it is the present one
     * @param idle why it pruned nothing by itself, as a sentence without a full stop; null: it did
     */
    record InForce(
            String name,
            int version,
            Instant since,
            @Nullable Instant until,
            @Nullable String idle) {}
}
