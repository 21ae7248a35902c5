package dev.cachewarden.configfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the configuration file and what is stored stand to each other right now, on this replica.
 *
 * @param file its path; null: none is named
 * @param apply who has it applied
 * @param hash SHA-256 of its bytes, in hexadecimal; null: it cannot be read, or none is named
 * @param problems why it is refused; else empty
 * @param changes what applying it would do
 * @param trouble why the last try to apply it failed though nothing is wrong with it; null: it did not
 * @param entries how many hosts, policies, and pins belong to a configuration file
 * @param applications the latest ones, newest first
 */
public record ConfigStatus(
        @Nullable String file,
        ConfigSettings.Apply apply,
        State state,
        @Nullable String hash,
        List<ConfigProblem> problems,
        List<ConfigChange> changes,
        @Nullable String trouble,
        int entries,
        List<ConfigApplication> applications) {

    /** How they stand. */
    public enum State {
        /** No file is named. */
        NO_FILE,
        /** What is stored is what the file says. */
        IN_STEP,
        /** The file says something else, and is not applied yet. */
        PENDING,
        /** The file cannot be used. What was applied before stays. */
        REFUSED
    }

    public ConfigStatus {
        problems = List.copyOf(problems);
        changes = List.copyOf(changes);
        applications = List.copyOf(applications);
    }
}
