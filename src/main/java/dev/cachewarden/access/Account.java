package dev.cachewarden.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in.
 *
 * @param lastSeenAt the last sign-in; null: never
 */
public record Account(
        String name, Role role, Instant createdAt, @Nullable Instant lastSeenAt) {}
