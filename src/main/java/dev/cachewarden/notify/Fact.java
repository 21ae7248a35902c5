package dev.cachewarden.notify;

/**
 * One line of the facts in a notification, such as "Free space: 12.4 GiB of 200 GiB".
 *
 * @param label a noun phrase in sentence case, without a colon
 * @param value the value with its unit, as plain text. It can contain text of strangers: each channel escapes it.
 */
public record Fact(String label, String value) {}
