package dev.cachewarden.notify.channel;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Messages for the tests of channels. */
final class Messages {

    static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    static final UUID ID = UUID.fromString("0b6f6a3e-7f3c-4f59-9b0a-3d1f2a5c7e11");

    private Messages() {}

    static Message firing() {
        return of(Kind.FIRING, "Free space is low on ci-1", "12.4 GiB of 200 GiB are free.");
    }

    static Message resolved() {
        return of(Kind.RESOLVED, "Free space is low on ci-1", "80 GiB of 200 GiB are free.");
    }

    static Message of(Kind kind, String title, String text) {
        return of(kind, title, text, List.of(new Fact("Free", "12.4 GiB"), new Fact("Growth", "18 GiB a day")));
    }

    static Message of(Kind kind, String title, String text, List<Fact> facts) {
        return Message.of(
                new Notification(
                        ID,
                        "disk-free:7",
                        kind,
                        Severity.WARNING,
                        title,
                        text,
                        facts,
                        "/hosts/7",
                        Instant.parse("2026-11-30T11:40:00Z"),
                        NOW,
                        Map.of("rule", "disk-free", "host", "ci-1")),
                "https://cache.example.com");
    }
}
