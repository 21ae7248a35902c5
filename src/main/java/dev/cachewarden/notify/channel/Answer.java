package dev.cachewarden.notify.channel;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param retryAfter value of the header {@code Retry-After}, or null if it is absent
 * @param body the first 64 KiB of the body, as text
 */
public record Answer(int status, @Nullable String retryAfter, String body) {}
