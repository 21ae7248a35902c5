package dev.cachewarden.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last run and the next start of the policy that prunes a host.
 *
 * @param policy ID of the policy, or null if no policy prunes the host automatically
 * @param policyName its name, or an empty text
 * @param runningSince when the active run was requested, or null if there is none
 * @param due the next scheduled start, or null if there is none
 * @param last the last run that ended, or null if there is none
 */
public record PruneOutlook(
        @Nullable Long policy,
        String policyName,
        @Nullable Instant runningSince,
        @Nullable Instant due,
        @Nullable LastRun last) {

    /** A host that no policy prunes. */
    public static final PruneOutlook NONE = new PruneOutlook(null, "", null, null, null);

    /**
     * A run that ended.
     *
     * @param deletedBytes the bytes that it deleted; zero or more
     */
    public record LastRun(long id, Instant endedAt, long deletedBytes) {}
}
