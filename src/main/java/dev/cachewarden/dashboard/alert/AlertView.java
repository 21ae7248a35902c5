package dev.cachewarden.dashboard.alert;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.Mute;
import org.jspecify.annotations.Nullable;

/** The lists of the alert page. Each current alert is on one of them. */
public enum AlertView {
    FIRING("Firing"),
    PENDING("Pending"),
    MUTED("Muted"),
    NO_DATA("No data"),
    HISTORY("History");

    private final String label;

    AlertView(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Returns the list that contains an alert. Alerts that wait for the end of the quiet hours count as firing. */
    static AlertView of(Alert alert) {
        return switch (alert.course().state()) {
            case PENDING -> PENDING;
            case NO_DATA -> NO_DATA;
            case RESOLVED -> HISTORY;
            case FIRING -> muted(alert.mute()) ? MUTED : FIRING;
        };
    }

    private static boolean muted(@Nullable Mute mute) {
        return mute != null && mute.kind() != Mute.Kind.QUIET_HOURS;
    }

    /** Returns whether users can acknowledge an alert. */
    static boolean canAcknowledge(Alert alert) {
        return alert.course().state() == AlertState.FIRING && alert.acknowledged() == null;
    }
}
