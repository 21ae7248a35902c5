package dev.cachewarden.notify;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of notifications.
 *
 * @param enabled whether this replica sends notifications
 * @param groupWait how long a notification waits for others, which then become one message with it
 * @param keep how long delivered and failed notifications are kept
 * @param allowedHosts host names and addresses of channels that may be on loopback or link-local addresses, or without TLS; may be empty
 */
@ConfigurationProperties("cachewarden.notify")
public record NotifySettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10s") Duration groupWait,
        @DefaultValue("7d") Duration keep,
        @DefaultValue List<String> allowedHosts) {

    public NotifySettings {
        if (groupWait.isNegative() || groupWait.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "cachewarden.notify.group-wait must be from 0s to 10m, not " + groupWait.toSeconds() + "s");
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("cachewarden.notify.keep must be at least 1d");
        }
        allowedHosts = allowedHosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
    }
}
