package dev.cachewarden.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The saved versions of policies. */
public interface PolicyVersions {

    /**
     * Returns all versions of one policy, newest first.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the policy does not exist
     */
    List<PolicyVersionView> of(long policyId);

    Optional<PolicyVersionView> find(long policyId, int version);

    /**
     * Returns the latest versions of the first policies by name. The versions of each policy are newest first.
     *
     * @param policies the maximum number of policies
     * @param each the maximum number of versions of each policy
     */
    List<PolicyVersionView> latest(int policies, int each);

    /**
     * Returns the versions of all existing policies that were saved within a time range, newest first.
     *
     * @param from inclusive
     * @param until exclusive
     */
    List<PolicyVersionView> savedWithin(Instant from, Instant until, int limit);

    /**
     * Saves the content of a version as a new version.
     *
     * @param by the user who restores it
     * @throws dev.cachewarden.rest.NotFoundException if the policy does not exist, or it has no such version
     * @throws dev.cachewarden.rest.ConflictException if it comes from a configuration file
     * @throws dev.cachewarden.rest.InvalidInputException if another policy has taken its name in the meantime
     */
    PolicyView restore(long policyId, int version, String by);
}
