package dev.cachewarden.policy;

/**
 * An event: a policy was created, saved as a new version, or removed, by a user or a configuration file.
 *
 * @param version the new version, or the last one of a removed policy
 */
public record PolicyChanged(long policy, int version, Kind kind) {

    /** The kinds of changes. */
    public enum Kind {
        CREATED,
        SAVED,
        REMOVED
    }
}
