package dev.cachewarden.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user account.
 *
 * @param lastSeenAt time of the last sign-in, or null if the user never signed in
 */
public record Account(
        String name, Role role, Instant createdAt, @Nullable Instant lastSeenAt) {}
