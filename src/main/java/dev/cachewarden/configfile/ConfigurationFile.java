package dev.cachewarden.configfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration file of this replica. */
public interface ConfigurationFile {

    /** Reads the file now and compares it with the stored configuration. */
    ConfigStatus status();

    /**
     * Applies the current file completely or not at all.
     *
     * @param hash hash of the file whose changes the user reviewed, or null to accept any content
     * @param by name of the user
     * @throws dev.cachewarden.rest.ConflictException if there is no file, or its hash differs from the given one
     * @throws dev.cachewarden.rest.InvalidInputException naming every error in the file
     */
    void apply(@Nullable String hash, String by);

    /**
     * Returns the changes that these bytes would make as a configuration file. Stores nothing.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every error
     */
    List<ConfigChange> check(byte[] yaml);

    /**
     * Releases everything that a configuration file manages, so that users can edit it. It changes nothing else: enabled policies stay
     * enabled.
     *
     * @return number of released hosts, policies, pins, channels, and alert rules
     * @throws dev.cachewarden.rest.ConflictException if a file is configured, because it would take them over again
     */
    int release();

    /** Returns all hosts, policies, and pins as a configuration file, including those that users created. */
    String export();
}
