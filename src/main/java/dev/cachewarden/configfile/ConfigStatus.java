package dev.cachewarden.configfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current state of the configuration file on this replica, compared with the stored configuration.
 *
 * @param file path of the file, or null if no file is configured
 * @param apply way to apply a change of the file
 * @param hash SHA-256 of the file in hexadecimal, or null if the file is unreadable or not configured
 * @param problems errors of an invalid file; empty for a valid one
 * @param changes changes that applying the file would make
 * @param failure reason why the last attempt to apply a valid file failed, or null if it did not fail
 * @param entries number of hosts, policies, pins, channels, and alert rules that a configuration file manages
 * @param applications latest applications, newest first
 */
public record ConfigStatus(
        @Nullable String file,
        ConfigSettings.Apply apply,
        State state,
        @Nullable String hash,
        List<ConfigProblem> problems,
        List<ConfigChange> changes,
        @Nullable String failure,
        int entries,
        List<ConfigApplication> applications) {

    /** The state of the configuration file. */
    public enum State {
        /** No file is configured. */
        NO_FILE,
        /** The stored configuration equals the file. */
        IN_SYNC,
        /** The file differs from the stored configuration and is not applied yet. */
        PENDING,
        /** The file is invalid. The configuration from the last valid file remains. */
        INVALID
    }

    public ConfigStatus {
        problems = List.copyOf(problems);
        changes = List.copyOf(changes);
        applications = List.copyOf(applications);
    }
}
