package dev.cachewarden.prune.version;

import dev.cachewarden.prune.PolicyView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The saves of policies. */
public interface PolicyVersions {

    /**
     * All of one policy, newest first.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy
     */
    List<PolicyVersionView> of(long policyId);

    Optional<PolicyVersionView> find(long policyId, int version);

    /**
     * The latest of the first policies in the order of their names, and of each the newest first.
     *
     * @param policies of so many at most
     * @param each so many of each at most
     */
    List<PolicyVersionView> latest(int policies, int each);

    /**
     * What was saved within a time, of whichever policy there still is, newest first.
     *
     * @param from inclusive
     * @param until exclusive
     */
    List<PolicyVersionView> savedWithin(Instant from, Instant until, int limit);

    /**
     * Saves what a version said as a new one.
     *
     * @param by who asks
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy, or it has no such version
     * @throws dev.cachewarden.rest.ConflictException if it comes from a configuration file
     * @throws dev.cachewarden.rest.InvalidInputException if its name is taken by another policy meanwhile
     */
    PolicyView restore(long policyId, int version, String by);
}
