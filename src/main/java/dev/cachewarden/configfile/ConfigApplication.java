package dev.cachewarden.configfile;

import java.time.Instant;
import java.util.List;

/**
 * A configuration file as it was applied once.
 *
 * @param by a person's name, or the service itself
 * @param file its path then
 * @param hash SHA-256 of its bytes, in hexadecimal
 * @param changes may be empty
 */
public record ConfigApplication(Instant at, String by, String file, String hash, List<ConfigChange> changes) {

    public ConfigApplication {
        changes = List.copyOf(changes);
    }
}
