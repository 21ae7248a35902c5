package dev.cachewarden.prune.outlook;

import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.PrunePlanner;
import dev.cachewarden.prune.plan.Reason;
import dev.cachewarden.prune.policy.FireTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks policies what they would do with a record, now and at their next fires. */
@Component
public class Outlooks {

    /** How far ahead is looked. */
    public static final Duration AHEAD = Duration.ofDays(60);

    private static final int MOST_FIRES = 60;

    private final Policies policies;
    private final InstantSource clock;

    public Outlooks(Policies policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * What each policy that is switched on and covers the host would do, in the order of their names.
     *
     * @param snapshot of the host's builder; where it does not have the record, there is nothing to tell
     */
    public List<Outlook> of(WatchedHost host, CacheSnapshot snapshot, String recordId) {
        var now = clock.instant();
        var outlooks = new ArrayList<Outlook>();
        for (var policy : policies.all()) {
            if (policy.enabled() && policy.covers(host)) {
                var reason = reason(policy, host, snapshot, recordId, now);
                if (reason != null) {
                    outlooks.add(new Outlook(policy, reason, goesAt(policy, host, snapshot, recordId, now)));
                }
            }
        }
        return outlooks;
    }

    private static @Nullable Instant goesAt(
            PolicyView policy, WatchedHost host, CacheSnapshot snapshot, String recordId, Instant now) {
        if (policy.cron() == null) {
            return null;
        }
        return FireTimes.of(policy.cron(), policy.timeZone(), now, now.plus(AHEAD), MOST_FIRES).stream()
                .filter(fire -> reason(policy, host, snapshot, recordId, fire) instanceof Reason.Taken)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Reason reason(
            PolicyView policy, WatchedHost host, CacheSnapshot snapshot, String recordId, Instant at) {
        var capabilities = host.capabilities();
        var proposal = PrunePlanner.propose(
                snapshot.records(),
                capabilities == null ? null : capabilities.dataRootSpace(),
                policy.rules(),
                policy.pins(),
                policy.ceiling(),
                at);
        for (var going : proposal.goes()) {
            if (going.record().id().equals(recordId)) {
                return going.reason();
            }
        }
        for (var staying : proposal.stays()) {
            if (staying.record().id().equals(recordId)) {
                return staying.reason();
            }
        }
        return null;
    }
}
