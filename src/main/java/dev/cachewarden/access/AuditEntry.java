package dev.cachewarden.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param actor name of the account or token
 * @param via how the actor was authenticated: {@code password}, {@code token:<prefix>}, {@code schedule}
 * @param address IP address of the request, or null if there was no request
 * @param action a kind and a verb, such as {@code token.create}
 * @param subject resource of the action
 * @param detail more information, or null if there is none
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
