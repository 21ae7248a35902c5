package dev.cachewarden.prune.replay;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.pin.Pins;
import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.prune.plan.rule.PruneRule;
import dev.cachewarden.prune.policy.FireTimes;
import dev.cachewarden.prune.policy.RuleReader;
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

/** Replays policies over what is remembered of builders. */
@Component
public class Replays {

    /** No longer than gone records are kept by default. */
    public static final int MOST_DAYS = 90;

    /** A policy that fires more often is thinned out to about so many times, and the report says so. */
    private static final int MOST_FIRES = 2_000;

    private static final int FEWEST_FIRES = 50;

    /** Records times fires: about half a minute's work. */
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
     * Replays a policy over the last days of one builder, whether or not it is in its scope. A policy without a cron fires each hour.
     *
     * @param days from 1 to {@link #MOST_DAYS}
     * @param order what goes first, in place of what the rules say, to compare; null: as they say
     * @throws InvalidInputException about {@code days} or {@code order}
     * @throws NotFoundException if there is no such policy or builder, or it was never read
     */
    public ReplayReport replay(long policyId, BuilderId builder, int days, @Nullable String order) {
        if (days < 1 || days > MOST_DAYS) {
            throw new InvalidInputException("days", "is from 1 to " + MOST_DAYS + ", not " + days);
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
        return new CacheReplay(past, times, rules, pinsOf(policy, host), policy.ceiling())
                .run(
                        builder,
                        begin,
                        until,
                        fires(policy, begin, until, mostFires(past.lives().size())),
                        POINTS);
    }

    /** Those of the policy, also where it does not cover the host, and those that hold in every plan. */
    private List<Filter> pinsOf(PolicyView policy, WatchedHost host) {
        return Stream.concat(policy.pins().stream(), pins.inForce().on(host, null).stream())
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

    /** How many fires are replayed, so that a large cache does not keep its reader waiting for minutes. */
    static int mostFires(int records) {
        return Math.clamp(MOST_PLANNED / Math.max(1, records), FEWEST_FIRES, MOST_FIRES);
    }

    private static FireTimes fires(PolicyView policy, Instant from, Instant until, int most) {
        return policy.cron() == null
                ? FireTimes.of(HOURLY, ZoneOffset.UTC, from, until, most)
                : FireTimes.of(policy.cron(), policy.timeZone(), from, until, most);
    }
}
