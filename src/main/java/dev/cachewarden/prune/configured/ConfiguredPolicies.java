package dev.cachewarden.prune.configured;

import dev.cachewarden.prune.PolicyView;

/** Writes policies as a configuration file says them. Each save is a version, as those of people are. */
public interface ConfiguredPolicies {

    /**
     * Saves a first version.
     *
     * @param content as {@link dev.cachewarden.prune.Policies#read} gave it
     * @param by what the version says of who saved it
     * @throws dev.cachewarden.rest.InvalidInputException if the name is taken
     */
    PolicyView create(PolicyView.Content content, String file, String by);

    /**
     * Saves a new version, of one that was made by hand too, which belongs to the file from then on.
     *
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now
     */
    PolicyView change(PolicyView before, PolicyView.Content content, String file, String by);

    /**
     * Gives one back to people, switched off: what nobody asks for any more is not to delete. Saves a new version where it was
     * switched on.
     *
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now
     */
    PolicyView switchOffAndRelease(PolicyView before, String by);

    /** Gives one back to people as it is, without a new version. */
    void release(PolicyView policy);
}
