package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An Alertmanager, by version 2 of its API. It takes several alerts in one request, so it needs no digest.
 *
 * @param server URL of the server
 * @param authorization value of the header {@code Authorization}, or empty
 */
record Alertmanager(URI server, String authorization) implements HttpChannel {

    /** Alertmanager resolves an alert at its end. Cachewarden repeats a firing notification at least once a day. */
    private static final Duration ACTIVE = Duration.ofHours(25);

    @Override
    public List<String> secrets() {
        return List.of(authorization);
    }

    @Override
    public Request request(Message message, Instant now) {
        return requestOf(List.of(message));
    }

    @Override
    public Optional<Request> together(List<Message> messages, Instant now) {
        return Optional.of(requestOf(messages));
    }

    private Request requestOf(List<Message> messages) {
        return Request.of(
                        Urls.below(server, "api/v2/alerts"),
                        messages.stream().map(Alertmanager::alert).toList())
                .with("Authorization", authorization);
    }

    private static Map<String, Object> alert(Message message) {
        var notification = message.notification();
        boolean resolved = notification.kind() == Kind.RESOLVED;
        return Json.object(
                "labels",
                labels(notification),
                "annotations",
                Json.object("summary", notification.title(), "description", Words.plain(notification)),
                "startsAt",
                notification.since().toString(),
                "endsAt",
                (resolved ? notification.at() : notification.at().plus(ACTIVE)).toString(),
                "generatorURL",
                message.link());
    }

    /** Returns the labels, which identify the alert. A resolved alert must have the same labels as its firing one. */
    private static Map<String, String> labels(Notification notification) {
        var labels = new TreeMap<String, String>();
        notification.labels().forEach((name, value) -> labels.put(name.replaceAll("[^A-Za-z0-9_]", "_"), value));
        labels.put("alertname", "Cachewarden_" + notification.labels().getOrDefault("rule", "notification"));
        labels.put("severity", notification.severity().name().toLowerCase(Locale.ROOT));
        labels.put("cachewarden_key", notification.key());
        return labels;
    }
}
