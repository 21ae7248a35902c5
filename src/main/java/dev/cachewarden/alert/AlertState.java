package dev.cachewarden.alert;

/** The state of an alert. An inactive alert does not exist. */
public enum AlertState {
    /** The value is beyond the threshold, but not yet for long enough. */
    PENDING,
    /** The value has been beyond the threshold for long enough. */
    FIRING,
    /** The value is unknown. An alert that fired before still counts as active. */
    NO_DATA,
    /** The value reached the clear value. */
    RESOLVED
}
