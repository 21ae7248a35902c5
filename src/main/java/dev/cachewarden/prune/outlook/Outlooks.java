package dev.cachewarden.prune.outlook;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.PrunePlanner;
import dev.cachewarden.prune.plan.Reason;
import dev.cachewarden.prune.plan.rule.PruneRule;
import dev.cachewarden.prune.policy.FireTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks policies what they would do with a record, now and at their next fires. */
@Component
public class Outlooks {

    /** How far ahead is looked. */
    public static final Duration AHEAD = Duration.ofDays(60);

    private static final int MOST_FIRES = 60;
    private static final int FEWEST_FIRES = 3;

    /** Records times fires that are planned for one page, over all policies: a few seconds' work. */
    private static final int MOST_PLANNED = 2_000_000;

    private final Policies policies;
    private final RebuildTimes rebuildTimes;
    private final InstantSource clock;

    public Outlooks(Policies policies, RebuildTimes rebuildTimes, InstantSource clock) {
        this.policies = policies;
        this.rebuildTimes = rebuildTimes;
        this.clock = clock;
    }

    /**
     * What each policy that is switched on and covers the host would do, in the order of their names.
     *
     * @param snapshot of the host's builder; where it does not have the record, there is nothing to tell
     */
    public List<Outlook> of(WatchedHost host, CacheSnapshot snapshot, String recordId) {
        var now = clock.instant();
        var covering = policies.all().stream()
                .filter(policy -> policy.enabled() && policy.covers(host))
                .toList();
        int fires = firesLookedAt(snapshot.records().size(), covering.size());
        boolean timed =
                covering.stream().flatMap(policy -> policy.rules().stream()).anyMatch(PruneRule::needsRebuildTimes);
        var asked = new Asked(
                snapshot.records(),
                timed ? rebuildTimes.of(snapshot.builder(), snapshot.records()) : Map.of(),
                DiskMeter.last(host, now).space(),
                recordId);
        var outlooks = new ArrayList<Outlook>();
        for (var policy : covering) {
            var reason = asked.reason(policy, now);
            if (reason != null) {
                outlooks.add(new Outlook(policy, reason, goesAt(policy, asked, now, fires)));
            }
        }
        return outlooks;
    }

    private static @Nullable Instant goesAt(PolicyView policy, Asked asked, Instant now, int most) {
        if (policy.cron() == null) {
            return null;
        }
        Predicate<Instant> takes = fire -> asked.reason(policy, fire) instanceof Reason.Taken;
        var before = now;
        for (var fire : fires(policy, now, now.plus(AHEAD), most)) {
            if (takes.test(fire)) {
                // Where fires were left out, the first that takes it may be one of those.
                return fires(policy, before, fire, most).stream()
                        .filter(earlier -> earlier.equals(fire) || takes.test(earlier))
                        .findFirst()
                        .orElse(fire);
            }
            before = fire;
        }
        return null;
    }

    private static List<Instant> fires(PolicyView policy, Instant from, Instant until, int most) {
        return FireTimes.of(Objects.requireNonNull(policy.cron()), policy.timeZone(), from, until, most)
                .at();
    }

    /** How many fires of each policy are looked at, so that a large cache does not keep its reader waiting for minutes. */
    static int firesLookedAt(int records, int policies) {
        long each = MOST_PLANNED / Math.max(1L, (long) records * policies);
        return Math.clamp(each, FEWEST_FIRES, MOST_FIRES);
    }

    /** What is the same for all policies and times. */
    private record Asked(
            Collection<CacheRecord> records,
            Map<String, Duration> rebuildTimes,
            @Nullable DiskSpace disk,
            String recordId) {

        /** Null: the cache does not hold the record. */
        @Nullable
        Reason reason(PolicyView policy, Instant at) {
            var proposal = PrunePlanner.propose(
                    records, disk, rebuildTimes, policy.rules(), policy.pins(), policy.ceiling(), at);
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
}
