package dev.cachewarden.policy;

/** The write access to policies of a configuration file. Each save is a version, like a save by a user. */
public interface ConfiguredPolicies {

    /**
     * Saves the first version of a new policy.
     *
     * @param content the result of {@link dev.cachewarden.policy.Policies#read}
     * @param by the author that the version names
     * @throws dev.cachewarden.rest.InvalidInputException if the name is taken
     */
    PolicyView create(PolicyView.Content content, String file, String by);

    /**
     * Saves a new version. If a user created the policy, the file manages it from then on.
     *
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now
     */
    PolicyView change(PolicyView before, PolicyView.Content content, String file, String by);

    /**
     * Releases a policy to users and disables it, because a policy that no file requests any more must not delete anything. Saves a new
     * version if the policy was enabled.
     *
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now
     */
    PolicyView disableAndRelease(PolicyView before, String by);

    /** Releases a policy to users unchanged, without a new version. */
    void release(PolicyView policy);
}
