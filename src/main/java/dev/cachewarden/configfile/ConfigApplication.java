package dev.cachewarden.configfile;

import java.time.Instant;
import java.util.List;

/**
 * One application of a configuration file.
 *
 * @param by name of the user, or of Cachewarden itself
 * @param file path of the file at that time
 * @param hash SHA-256 of the file in hexadecimal
 * @param changes changes that it made; may be empty
 */
public record ConfigApplication(Instant at, String by, String file, String hash, List<ConfigChange> changes) {

    public ConfigApplication {
        changes = List.copyOf(changes);
    }
}
