package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel without its secrets.
 *
 * @param leastSeverity the lowest severity that it receives
 * @param labels the labels that a notification must have
 * @param settings the settings of its type. A secret appears as its last four characters, and a secret URL also with its host.
 * @param configFile the path of the configuration file that manages it, or null if users manage it
 */
public record ChannelView(
        long id,
        String name,
        ChannelType type,
        boolean enabled,
        Severity leastSeverity,
        Map<String, String> labels,
        Map<String, String> settings,
        @Nullable String configFile,
        Delivery delivery) {

    /**
     * The state of the delivery.
     *
     * @param pending notifications that wait
     * @param lastSentAt time of the last message that the service accepted, or null if there is none
     * @param brokenSince since when the channel loses notifications, or null if it works
     * @param problem the failure of the last attempt, or null if it succeeded
     */
    public record Delivery(
            long pending,
            @Nullable Instant lastSentAt,
            @Nullable Instant brokenSince,
            @Nullable String problem) {}
}
