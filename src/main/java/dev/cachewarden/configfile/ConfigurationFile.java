package dev.cachewarden.configfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration file of this replica. */
public interface ConfigurationFile {

    /** Reads the file now and compares it with what is stored. */
    ConfigStatus status();

    /**
     * Applies the file as it is now, all of it or nothing.
     *
     * @param hash the one whose changes were seen; null: whatever it is
     * @param by who asks
     * @throws dev.cachewarden.rest.ConflictException if there is no file, or another one than was seen
     * @throws dev.cachewarden.rest.InvalidInputException naming every place of the file that is wrong
     */
    void apply(@Nullable String hash, String by);

    /**
     * What applying these bytes would do; nothing is stored.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every place that is wrong
     */
    List<ConfigChange> check(byte[] yaml);

    /**
     * Gives everything that belongs to a configuration file back to people, as it is: policies that are switched on stay so.
     *
     * @return how many hosts, policies, and pins
     * @throws dev.cachewarden.rest.ConflictException if a file is named, which would take them over again
     */
    int release();

    /** All hosts, policies, and pins as one such file, whoever made them. */
    String export();
}
