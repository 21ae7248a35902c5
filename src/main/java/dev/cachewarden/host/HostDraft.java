package dev.cachewarden.host;

import java.time.Duration;
import java.util.Map;

/**
 * A host as a person wants it to be, checked but not yet saved.
 *
 * @param labels keys and values of letters, digits, dots, dashes and underscores
 * @param pollInterval from 5 seconds to a day
 */
public record HostDraft(HostConnection connection, Map<String, String> labels, Duration pollInterval, boolean enabled) {
    public HostDraft {
        labels = Map.copyOf(labels);
    }
}
