package dev.cachewarden.alert;

import dev.cachewarden.policy.LabelSelector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A period without notifications about some alerts.
 *
 * @param rule the rule whose alerts it mutes, or null for all rules
 * @param scope the hosts whose alerts it mutes; every host, and alerts without a host, if it is empty
 * @param endsAt the first instant after the silence
 * @param reason the reason, as the user wrote it
 */
public record Silence(
        long id,
        @Nullable RuleId rule,
        LabelSelector scope,
        Instant startsAt,
        Instant endsAt,
        String reason,
        String createdBy,
        Instant createdAt) {

    /** Returns whether the silence is active. */
    public boolean activeAt(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt);
    }

    boolean matches(RuleId alert, Subject subject) {
        return (rule == null || rule == alert)
                && (scope.everyHost() || (subject.host() != null && scope.matches(subject.labels())));
    }
}
