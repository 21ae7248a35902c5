package dev.cachewarden.alert;

/**
 * Why an active alert is not reported.
 *
 * @param detail the cause, as a sentence
 */
public record Mute(Kind kind, String detail) {

    /** The causes, the strongest first. */
    public enum Kind {
        /** A user acknowledged the alert. It stays muted until it is resolved. */
        ACKNOWLEDGED,
        /** A silence matches the alert. */
        SILENCED,
        /** The host is unreachable, which has an alert of its own. */
        HOST_UNREACHABLE,
        /** A critical alert about the same thing is active. */
        CRITICAL_ALERT,
        /** A run is active, or is due soon and is expected to delete enough. */
        PRUNE,
        /** Quiet hours. The alert belongs to the digest at their end. */
        QUIET_HOURS
    }
}
