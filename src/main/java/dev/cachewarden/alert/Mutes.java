package dev.cachewarden.alert;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.host.HostId;
import dev.cachewarden.notify.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which active alerts are not reported, and why.
 *
 * @param unreachable hosts that are unreachable now
 * @param critical families with a critical alert, by host
 * @param prunes what the policies of the hosts do next; a host without an entry has none
 * @param silences silences, active or not
 */
record Mutes(
        Set<HostId> unreachable,
        Map<HostId, Set<RuleId.Family>> critical,
        Map<HostId, PruneOutlook> prunes,
        List<Silence> silences,
        boolean quiet) {

    /** How long a run mutes, and how far ahead a scheduled start may be. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /**
     * Returns why an alert is not reported, or null if it is.
     *
     * @param missingBytes the bytes that a prune must free to end the alert; 0 if unknown
     * @param acknowledgedBy the user who acknowledged the alert, or null
     */
    @Nullable
    Mute of(Observation seen, Course course, long missingBytes, @Nullable String acknowledgedBy, Instant now) {
        if (acknowledgedBy != null) {
            return new Mute(Mute.Kind.ACKNOWLEDGED, "Acknowledged by " + acknowledgedBy + ".");
        }
        for (var silence : silences) {
            if (silence.activeAt(now) && silence.matches(seen.rule(), seen.subject())) {
                return new Mute(
                        Mute.Kind.SILENCED,
                        "Silenced by " + silence.createdBy() + " until " + Timestamps.text(silence.endsAt()) + ".");
            }
        }
        var host = seen.subject().host();
        var byHost = host == null ? null : ofHost(host, seen.rule(), course, missingBytes, now);
        if (byHost != null) {
            return byHost;
        }
        return quiet && course.severity() != Severity.CRITICAL
                ? new Mute(Mute.Kind.QUIET_HOURS, "Waits for the end of the quiet hours.")
                : null;
    }

    private @Nullable Mute ofHost(HostId host, RuleId rule, Course course, long missingBytes, Instant now) {
        if (rule.needsHost() && unreachable.contains(host)) {
            return new Mute(Mute.Kind.HOST_UNREACHABLE, "The host is unreachable, which has an alert of its own.");
        }
        if (course.severity() != Severity.CRITICAL
                && critical.getOrDefault(host, Set.of()).contains(rule.family())) {
            return new Mute(Mute.Kind.CRITICAL_ALERT, "A critical alert about the same host is active.");
        }
        return rule.prunable()
                ? ofPrune(prunes.getOrDefault(host, PruneOutlook.NONE), course, missingBytes, now)
                : null;
    }

    private static @Nullable Mute ofPrune(PruneOutlook outlook, Course course, long missingBytes, Instant now) {
        var running = outlook.runningSince();
        if (running != null && now.isBefore(running.plus(PATIENCE))) {
            return new Mute(Mute.Kind.PRUNE, "A run is active on this host.");
        }
        var due = outlook.due();
        var last = outlook.last();
        if (due == null || !due.isAfter(now) || !due.isBefore(now.plus(PATIENCE))) {
            return null;
        }
        if (course.severity() != Severity.CRITICAL
                && last != null
                && missingBytes > 0
                && last.deletedBytes() >= missingBytes) {
            return new Mute(
                    Mute.Kind.PRUNE,
                    "Policy " + outlook.policyName() + " starts at " + Timestamps.text(due) + ". Its last run deleted "
                            + new ByteSize(last.deletedBytes()) + ", and " + new ByteSize(missingBytes)
                            + " are necessary.");
        }
        return null;
    }
}
