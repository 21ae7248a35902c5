package dev.cachewarden.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody did something.
 *
 * @param actor name of the account or token
 * @param via how they were known: {@code password}, {@code token:<prefix>}, {@code schedule}
 * @param address where the request came from; null where there was none
 * @param action a verb and its kind, such as {@code token.create}
 * @param subject what it was done to
 * @param detail what else is worth knowing; null: nothing
 */
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        String via,
        @Nullable String address,
        String action,
        String subject,
        @Nullable String detail) {}
