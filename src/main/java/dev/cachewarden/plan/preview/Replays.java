package dev.cachewarden.plan.preview;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.policy.store.RuleReader;
import dev.cachewarden.policy.store.StartTimes;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The replays of policies on the stored history of builders. */
@Component
public class Replays {

    /** The maximum number of days. It is not longer than the default retention of deleted records. */
    public static final int MOST_DAYS = 90;

    /** The maximum number of starts. A policy that starts more often is thinned out to about this number, and the report shows it. */
    private static final int MOST_STARTS = 2_000;

    private static final int FEWEST_STARTS = 50;

    /** The maximum number of records times starts, which takes about half a minute. */
    private static final long MOST_PLANNED = 30_000_000;

    private static final int POINTS = 240;
    private static final String HOURLY = "0 * * * *";

    private final Policies policies;
    private final HostRegistry hosts;
    private final UsageHistory history;
    private final RebuildTimes rebuildTimes;
    private final Pins pins;
    private final InstantSource clock;

    public Replays(
            Policies policies,
            HostRegistry hosts,
            UsageHistory history,
            RebuildTimes rebuildTimes,
            Pins pins,
            InstantSource clock) {
        this.policies = policies;
        this.hosts = hosts;
        this.history = history;
        this.rebuildTimes = rebuildTimes;
        this.pins = pins;
        this.clock = clock;
    }

    /**
     * Replays a policy on the last days of one builder, whether or not the builder is in its scope. A policy without a schedule starts each
     * hour.
     *
     * @param days from 1 to {@link #MOST_DAYS}
     * @param order the eviction order to compare with the one of the rules, or null for the order of the rules
     * @throws InvalidInputException about {@code days} or {@code order}
     * @throws NotFoundException if the policy or builder does not exist, or the builder has no snapshot
     */
    public ReplayReport replay(long policyId, BuilderId builder, int days, @Nullable String order) {
        if (days < 1 || days > MOST_DAYS) {
            throw new InvalidInputException("days", "must be from 1 to " + MOST_DAYS + ", not " + days);
        }
        var policy = policies.find(policyId)
                .orElseThrow(() -> new NotFoundException("There is no policy " + policyId + "."));
        var rules = order == null || order.isEmpty() ? policy.rules() : inOrder(policy, order);
        var host = hosts.ofBuilder(builder)
                .orElseThrow(() -> new NotFoundException("There is no builder " + builder + "."));
        var until = clock.instant();
        var from = until.minus(Duration.ofDays(days));
        var past = history.past(builder, from);
        var begin = past.lives().stream()
                .map(RecordLife::firstSeenAt)
                .min(Instant::compareTo)
                .filter(first -> first.isAfter(from))
                .orElse(from);
        var times = rebuildTimes.of(
                builder, past.lives().stream().map(RecordLife::record).toList());
        return new CacheReplay(past, times, rules, pinsOf(policy, host), policy.limitPerRun())
                .run(
                        builder,
                        begin,
                        until,
                        starts(policy, begin, until, mostStarts(past.lives().size())),
                        POINTS);
    }

    /** Returns the pins of the policy, even if it does not cover the host, and the pins that apply to every plan. */
    private List<Filter> pinsOf(PolicyView policy, WatchedHost host) {
        return Stream.concat(policy.pins().stream(), pins.active().on(host, null).stream())
                .distinct()
                .toList();
    }

    private static List<PruneRule> inOrder(PolicyView policy, String order) {
        try {
            var other = RuleReader.order(order);
            return policy.rules().stream().map(rule -> rule.inOrder(other)).toList();
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("order", String.valueOf(e.getMessage()));
        }
    }

    /** Returns the number of starts to replay, so that a user does not wait minutes for a large cache. */
    static int mostStarts(int records) {
        return Math.clamp(MOST_PLANNED / Math.max(1, records), FEWEST_STARTS, MOST_STARTS);
    }

    private static StartTimes starts(PolicyView policy, Instant from, Instant until, int most) {
        return policy.cron() == null
                ? StartTimes.of(HOURLY, ZoneOffset.UTC, from, until, most)
                : StartTimes.of(policy.cron(), policy.timeZone(), from, until, most);
    }
}
