package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service of PagerDuty, by version 2 of its Events API. The key of a notification identifies the incident, so its resolved notification
 * resolves the incident.
 *
 * @param api URL of the API in the region of the account
 * @param routingKey secret key of the integration
 */
record PagerDuty(URI api, String routingKey) implements HttpChannel {

    private static final int SUMMARY = 1_024;
    private static final int KEY = 255;
    private static final int VALUE = 2_000;
    private static final int FACTS = 40;

    @Override
    public List<String> secrets() {
        return List.of(routingKey);
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        boolean resolve = notification.kind() == Kind.RESOLVED;
        var details = new LinkedHashMap<String, String>();
        details.put("Text", Cut.units(notification.text(), VALUE));
        for (Fact fact : notification.facts().stream().limit(FACTS).toList()) {
            details.put(Cut.units(fact.label(), KEY), Cut.units(fact.value(), VALUE));
        }
        var payload = Json.object(
                "summary",
                Cut.units(Words.line(notification.title()), SUMMARY),
                "source",
                notification.labels().getOrDefault("host", "cachewarden"),
                "severity",
                notification.severity().name().toLowerCase(Locale.ROOT),
                "timestamp",
                notification.since().toString(),
                "custom_details",
                details);
        return Request.of(
                Urls.below(api, "v2/enqueue"),
                Json.object(
                        "routing_key",
                        routingKey,
                        "event_action",
                        resolve ? "resolve" : "trigger",
                        "dedup_key",
                        key(notification.key()),
                        "client",
                        "Cachewarden",
                        "client_url",
                        message.link(),
                        "links",
                        links(message.link()),
                        "payload",
                        payload));
    }

    private static @Nullable List<?> links(@Nullable String link) {
        return link == null ? null : List.of(Json.object("href", link, "text", "Open in Cachewarden"));
    }

    /** Returns a key within the limit. Keys that differ stay different. */
    private static String key(String key) {
        return key.length() <= KEY
                ? key
                : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
