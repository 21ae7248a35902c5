package dev.cachewarden.alert;

import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.host.HostId;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Evaluates again and again, as the service does, with what a test changes between. */
final class Evaluations {

    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    static final Duration STEP = Duration.ofMinutes(2);

    final Map<RuleId, AlertRule> rules = new EnumMap<>(RuleId.class);
    final Map<String, Observation> seen = new HashMap<>();
    final Set<HostId> unreachable = new HashSet<>();
    final Map<HostId, PruneOutlook> prunes = new HashMap<>();
    final List<Silence> silences = new ArrayList<>();
    final Set<String> acknowledged = new HashSet<>();
    boolean quiet;
    Instant now = START;
    Map<String, Alert> alerts = Map.of();
    List<Alert> removed = List.of();

    private long ids;

    static Subject host(long id, String... labels) {
        var map = Arrays.stream(labels)
                .collect(Collectors.toMap(label -> label.split("=")[0], label -> label.split("=")[1]));
        return new Subject("host:" + id, "ci-" + id, new HostId(id), null, map, "/hosts/" + id);
    }

    /** A disk of 1000 GiB. */
    Evaluations free(Subject host, int percent) {
        long gib = 1L << 30;
        var value = new Measured(Unit.BYTES, percent * 10L * gib, 1000 * gib);
        return see(new Observation(
                RuleId.DISK_FREE,
                host,
                value,
                "Free disk space is " + value.text() + ".",
                List.of(new Fact("Free space", value.text()))));
    }

    Evaluations unreachable(Subject host, Duration since) {
        return see(new Observation(
                RuleId.HOST_UNREACHABLE,
                host,
                new Measured(Unit.DURATION, since.toSeconds()),
                since.isZero() ? "The host is reachable." : "Unreachable: connection refused.",
                List.of()));
    }

    Evaluations see(Observation observation) {
        seen.put(observation.key(), observation);
        return this;
    }

    /** Evaluates once, two minutes after the last time. */
    List<Notification> next() {
        now = now.plus(STEP);
        var inputs = new AlertEvaluation.Inputs(
                rules,
                before(),
                List.copyOf(seen.values()),
                Set.copyOf(unreachable),
                Map.copyOf(prunes),
                List.copyOf(silences),
                quiet,
                STEP);
        var result = AlertEvaluation.evaluate(inputs, now, UUID::randomUUID);
        alerts = result.alerts().stream().collect(Collectors.toMap(Alert::key, Function.identity()));
        removed = result.removed();
        return result.notifications();
    }

    /** Evaluates several times, and returns what was sent in all of them. */
    List<Notification> next(int times) {
        var sent = new ArrayList<Notification>();
        for (int i = 0; i < times; i++) {
            sent.addAll(next());
        }
        return sent;
    }

    /** Long enough for an alert that waits ten minutes. */
    List<Notification> untilItFires() {
        return next(6);
    }

    Alert alert(RuleId rule, Subject subject) {
        var alert = alerts.get(rule.id() + ":" + subject.key());
        if (alert == null) {
            throw new AssertionError("No alert of " + rule.id() + " for " + subject.key() + " in " + alerts.keySet());
        }
        return alert;
    }

    private Map<String, Alert> before() {
        return alerts.values().stream()
                .map(alert -> new Alert(
                        alert.id() == 0 ? ++ids : alert.id(),
                        alert.key(),
                        alert.rule(),
                        alert.subject(),
                        alert.course(),
                        alert.reported(),
                        alert.text(),
                        alert.facts(),
                        alert.mute(),
                        acknowledged.contains(alert.key()) ? new Alert.Acknowledged("ann", now) : alert.acknowledged()))
                .collect(Collectors.toMap(Alert::key, Function.identity()));
    }
}
