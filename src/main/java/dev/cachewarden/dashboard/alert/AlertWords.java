package dev.cachewarden.dashboard.alert;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.BuiltInRules;
import dev.cachewarden.alert.Silence;
import dev.cachewarden.alert.store.Alerts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.notify.Severity;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Alerts as pages show them; {@code @alertWords} in templates. */
@Component
class AlertWords {

    private final Alerts alerts;
    private final InstantSource clock;

    AlertWords(Alerts alerts, InstantSource clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    /** Returns the firing and pending alerts of a host, the worst first. */
    public List<Alert> ofHost(HostId host) {
        return shown(alerts.ofHost(host));
    }

    /** Returns the firing and pending alerts of a policy, the worst first. */
    public List<Alert> ofPolicy(long policy) {
        return shown(alerts.ofPolicy(policy));
    }

    private static List<Alert> shown(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.course().state() != AlertState.NO_DATA)
                .toList();
    }

    public String severity(Severity severity) {
        return switch (severity) {
            case INFO -> "Info";
            case WARNING -> "Warning";
            case CRITICAL -> "Critical";
        };
    }

    public String state(Alert alert) {
        return switch (alert.course().state()) {
            case PENDING -> "Pending";
            case FIRING -> "Firing";
            case NO_DATA -> "No data";
            case RESOLVED -> "Resolved";
        };
    }

    /** Returns the class of the status of an alert, which determines its color. */
    public String level(Alert alert) {
        return switch (alert.course().state()) {
            case NO_DATA -> "unknown";
            case RESOLVED -> "ok";
            case PENDING, FIRING ->
                switch (alert.course().severity()) {
                    case INFO -> "unknown";
                    case WARNING -> "warn";
                    case CRITICAL -> "bad";
                };
        };
    }

    /** Returns a symbol that identifies the status of an alert without color. */
    public String shape(Alert alert) {
        return switch (level(alert)) {
            case "bad" -> "✕";
            case "warn" -> "▲";
            case "ok" -> "●";
            default -> "◌";
        };
    }

    public boolean canAcknowledge(Alert alert) {
        return AlertView.canAcknowledge(alert);
    }

    /** Returns whether a setting of a rule differs from its default. */
    public boolean changed(AlertRule rule) {
        return !rule.equals(BuiltInRules.of(rule.id()));
    }

    /** Returns whether a silence is active, or starts later. */
    public boolean active(Silence silence) {
        return silence.activeAt(clock.instant());
    }
}
