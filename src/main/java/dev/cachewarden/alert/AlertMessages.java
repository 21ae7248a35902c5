package dev.cachewarden.alert;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the notifications about alerts: what happened, where, since when, how much, what a policy does, and where to act. */
final class AlertMessages {

    private static final int MOST_LISTED = 10;

    private final Supplier<UUID> ids;
    private final Instant now;

    /** @param ids returns a new random ID with each call */
    AlertMessages(Supplier<UUID> ids, Instant now) {
        this.ids = ids;
        this.now = now;
    }

    Notification firing(Alert alert, AlertRule rule) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Where", alert.subject().name()));
        facts.add(new Fact("Since", Timestamps.text(since(alert))));
        var level = rule.levels().get(alert.course().severity());
        if (level != null) {
            facts.add(new Fact("Threshold", rule.text(level)));
        }
        facts.addAll(alert.facts());
        if (alert.course().reopened() > 0) {
            facts.add(new Fact(
                    "Reopened", alert.course().reopened() + (alert.course().reopened() == 1 ? " time" : " times")));
        }
        return notification(alert, Kind.FIRING, alert.course().severity(), alert.text(), facts);
    }

    Notification resolved(Alert alert, Severity reported) {
        return notification(
                alert,
                Kind.RESOLVED,
                reported,
                "Resolved. " + alert.text(),
                List.of(
                        new Fact("Where", alert.subject().name()),
                        new Fact("Since", Timestamps.text(since(alert))),
                        new Fact("Resolved", Timestamps.text(now))));
    }

    private static Instant since(Alert alert) {
        var firing = alert.course().firingSince();
        return firing == null ? alert.course().since() : firing;
    }

    private Notification notification(Alert alert, Kind kind, Severity severity, String text, List<Fact> facts) {
        return new Notification(
                ids.get(),
                alert.key(),
                kind,
                severity,
                alert.title(),
                text,
                facts,
                alert.subject().path(),
                since(alert),
                now,
                labels(alert, severity));
    }

    private static Map<String, String> labels(Alert alert, Severity severity) {
        var labels = new HashMap<String, String>();
        alert.subject().labels().forEach((name, value) -> labels.put("label_" + name, value));
        labels.put("rule", alert.rule().id());
        labels.put("subject", alert.subject().name());
        labels.put("severity", severity.name().toLowerCase(Locale.ROOT));
        if (alert.subject().host() != null) {
            labels.put("host", alert.subject().name());
        }
        return labels;
    }

    /**
     * Writes the digest at the end of the quiet hours.
     *
     * @param alerts alerts that fired during the quiet hours, at least one; some are resolved
     */
    Notification digest(List<Alert> alerts) {
        long active = alerts.stream().filter(alert -> alert.course().active()).count();
        long resolved = alerts.size() - active;
        var facts = new ArrayList<Fact>();
        for (var alert : alerts.subList(0, Math.min(MOST_LISTED, alerts.size()))) {
            facts.add(new Fact(alert.title(), (alert.course().active() ? "" : "Resolved. ") + alert.text()));
        }
        if (alerts.size() > MOST_LISTED) {
            facts.add(new Fact("More", alerts.size() - MOST_LISTED + " alerts"));
        }
        var since = alerts.stream()
                .map(AlertMessages::since)
                .min(Instant::compareTo)
                .orElse(now);
        return new Notification(
                ids.get(),
                "digest:" + since,
                Kind.DIGEST,
                Severity.WARNING,
                alerts.size() + (alerts.size() == 1 ? " alert" : " alerts") + " during the quiet hours",
                active + " still " + (active == 1 ? "fires" : "fire") + ", and " + resolved + " "
                        + (resolved == 1 ? "is" : "are") + " resolved.",
                facts,
                "/alerts",
                since,
                now,
                Map.of());
    }

    /**
     * Returns what the policy of a host does about a lack of space, as a sentence; empty for other rules.
     *
     * @param since when the condition began
     */
    static String prune(PruneOutlook outlook, long missingBytes, @Nullable Instant since, Instant now) {
        if (outlook.policy() == null) {
            return "No policy prunes this host automatically.";
        }
        var last = outlook.last();
        String policy = "Policy " + outlook.policyName();
        if (last != null && since != null && last.endedAt().isAfter(since)) {
            return policy + " cannot hold the cache: run " + last.id() + " deleted "
                    + new ByteSize(last.deletedBytes())
                    + (missingBytes > 0 ? ", but another " + new ByteSize(missingBytes) + " are necessary." : ".");
        }
        String next = outlook.due() == null || !outlook.due().isAfter(now)
                ? policy + " has no scheduled start."
                : policy + " starts at " + Timestamps.text(outlook.due()) + ".";
        return last == null ? next : next + " Its last run deleted " + new ByteSize(last.deletedBytes()) + ".";
    }
}
