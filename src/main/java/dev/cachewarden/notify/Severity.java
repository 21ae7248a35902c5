package dev.cachewarden.notify;

/** How urgent a notification is. The order is from the least to the most urgent. */
public enum Severity {
    /** No action is necessary. */
    INFO,
    /** A user should act in the next days. */
    WARNING,
    /** A user should act now. */
    CRITICAL
}
