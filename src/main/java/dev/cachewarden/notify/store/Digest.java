package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Several notifications as one. */
final class Digest {

    /** More names do not help, and every service can show these. */
    private static final int NAMED = 10;

    private Digest() {}

    /** @param notifications at least one */
    static Notification of(UUID id, List<Notification> notifications, Instant now) {
        long resolved = notifications.stream()
                .filter(notification -> notification.kind() == Kind.RESOLVED)
                .count();
        long firing = notifications.size() - resolved;
        var severity = notifications.stream()
                .filter(notification -> firing == 0 || notification.kind() != Kind.RESOLVED)
                .map(Notification::severity)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var first = notifications.stream()
                .min(Comparator.comparing(Notification::since))
                .orElseThrow();
        var facts = List.of(new Fact("Firing", Long.toString(firing)), new Fact("Resolved", Long.toString(resolved)));
        return new Notification(
                id,
                "digest:" + id,
                Kind.DIGEST,
                severity,
                notifications.size() + " notifications: " + firing + " firing, " + resolved + " resolved",
                text(notifications),
                facts,
                path(notifications),
                first.since(),
                now,
                Map.of());
    }

    private static String text(List<Notification> notifications) {
        var named = notifications.stream()
                // The most urgent ones are named, in their order.
                .sorted(Comparator.comparing((Notification one) -> one.kind() == Kind.RESOLVED)
                        .thenComparing(Notification::severity, Comparator.reverseOrder()))
                .limit(NAMED)
                .map(one -> "- " + (one.kind() == Kind.RESOLVED ? "Resolved: " : "") + one.title())
                .collect(Collectors.joining("\n"));
        int more = notifications.size() - NAMED;
        return more <= 0 ? named : named + "\nand " + more + " more";
    }

    private static String path(List<Notification> notifications) {
        var paths = notifications.stream().map(Notification::path).distinct().toList();
        return paths.size() == 1 ? paths.getFirst() : "/alerts";
    }
}
