package dev.cachewarden.run;

/** The trigger of a run. */
public enum RunTrigger {
    SCHEDULE,
    /** The cache or the disk passed a watermark of the policy. */
    WATERMARK,
    /** Builds ended. */
    AFTER_BUILDS,
    /** A user started it, or a script with an API token. */
    MANUAL
}
