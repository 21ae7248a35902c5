package dev.cachewarden.alert;

import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host, policy, token, or certificate that an alert is about.
 *
 * @param key a stable identity, such as {@code host:12}; it survives renames
 * @param name the name for users, such as {@code ci-1}
 * @param host the host that the alert belongs to, or null if there is none
 * @param policy ID of the policy that the alert belongs to, or null if there is none
 * @param labels the labels of the host
 * @param path the path of the page where a user can act
 */
public record Subject(
        String key,
        String name,
        @Nullable HostId host,
        @Nullable Long policy,
        Map<String, String> labels,
        String path) {

    public Subject {
        labels = Map.copyOf(labels);
    }

    /** Returns a host as a subject. */
    public static Subject of(WatchedHost host) {
        return new Subject("host:" + host.id(), host.name(), host.id(), null, host.labels(), "/hosts/" + host.id());
    }
}
