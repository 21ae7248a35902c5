package dev.cachewarden.alert.web;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.Mute;
import dev.cachewarden.notify.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert in a response.
 *
 * @param rule ID of the rule
 * @param state current state
 * @param severity current severity
 * @param subject name of the host, policy, or token that the alert is about
 * @param hostId ID of the host, or null if the alert belongs to no host
 * @param title what happened, and where
 * @param text what the last value means, and what a policy does about it
 * @param path path of the page where a user can act
 * @param since when the current state began
 * @param firingSince when the alert began to fire, or null if it never did
 * @param resolvedAt when the alert ended, or null if it did not
 * @param reopened how often the alert fired again within an hour after its end
 * @param reportedAt when a notification about the active alert was last stored, or null if there was none
 * @param muted why the active alert is not reported, or null if it is
 * @param muteReason the cause as a sentence, or null if the alert is not muted
 * @param acknowledgedBy the user who acknowledged the alert, or null if none did
 * @param acknowledgedAt when that user acknowledged it, or null if none did
 */
record AlertResponse(
        long id,
        String rule,
        AlertState state,
        Severity severity,
        String subject,
        @Nullable Long hostId,
        String title,
        String text,
        String path,
        Instant since,
        @Nullable Instant firingSince,
        @Nullable Instant resolvedAt,
        int reopened,
        @Nullable Instant reportedAt,
        Mute.@Nullable Kind muted,
        @Nullable String muteReason,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt) {

    static AlertResponse of(Alert alert) {
        var course = alert.course();
        var host = alert.subject().host();
        var mute = alert.mute();
        var acknowledged = alert.acknowledged();
        return new AlertResponse(
                alert.id(),
                alert.rule().id(),
                course.state(),
                course.severity(),
                alert.subject().name(),
                host == null ? null : host.value(),
                alert.title(),
                alert.text(),
                alert.subject().path(),
                course.since(),
                course.firingSince(),
                course.resolvedAt(),
                course.reopened(),
                alert.reported().at(),
                mute == null ? null : mute.kind(),
                mute == null ? null : mute.detail(),
                acknowledged == null ? null : acknowledged.by(),
                acknowledged == null ? null : acknowledged.at());
    }
}
