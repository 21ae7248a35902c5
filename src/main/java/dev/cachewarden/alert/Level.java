package dev.cachewarden.alert;

/**
 * The thresholds of one severity.
 *
 * @param threshold the value beyond which the alert fires
 * @param clear the value at which it ends; on the other side of the threshold, or equal to it
 */
public record Level(Threshold threshold, Threshold clear) {}
