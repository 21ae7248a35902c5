package dev.cachewarden.forecast.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.PolicyPrunes;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.PolicyPrecedence;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.Watermark;
import dev.cachewarden.policy.store.StartTimes;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Determines when the policy that prunes a host will start, and what its last runs left. */
@Component
class FutureOfPolicies {

    private static final Duration AHEAD = Duration.ofDays(90);
    private static final int MOST_STARTS = 90 * 24;
    private static final int LAST_RUNS = 10;

    private final Runs runs;

    FutureOfPolicies(Runs runs) {
        this.runs = runs;
    }

    /** Returns the policy that prunes a host, with all its addresses. */
    static Optional<PolicyView> governing(Collection<WatchedHost> addresses, Collection<PolicyView> policies) {
        return addresses.stream().anyMatch(WatchedHost::enabled)
                ? PolicyPrecedence.of(addresses, policies).governing()
                : Optional.empty();
    }

    PolicyPrunes of(PolicyView policy, Collection<WatchedHost> addresses, @Nullable DiskSpace disk, Instant now) {
        var triggers = policy.triggers();
        return new PolicyPrunes(
                policy.name(),
                starts(triggers, now),
                triggers.afterBuilds(),
                threshold(triggers.watermark(), Watermark.Of.CACHE, disk),
                threshold(triggers.watermark(), Watermark.Of.FREE_DISK, disk),
                left(policy, addresses));
    }

    private static List<Instant> starts(Triggers triggers, Instant now) {
        var cron = triggers.cron();
        return cron == null
                ? List.of()
                : StartTimes.of(cron, triggers.timeZone(), now, now.plus(AHEAD), MOST_STARTS).at().stream()
                        .filter(triggers::open)
                        .toList();
    }

    private static @Nullable Long threshold(@Nullable Watermark watermark, Watermark.Of of, @Nullable DiskSpace disk) {
        if (watermark == null || watermark.of() != of) {
            return null;
        }
        var size = watermark.start().on(disk);
        return size == null ? null : size.bytes();
    }

    private List<Long> left(PolicyView policy, Collection<WatchedHost> addresses) {
        return addresses.stream()
                .flatMap(address -> address.builders().stream())
                .flatMap(builder -> runs
                        .list(
                                new Runs.RunFilter(Set.of(RunState.DONE, RunState.PARTIAL), builder.id(), policy.id()),
                                null,
                                LAST_RUNS)
                        .items()
                        .stream())
                .map(run -> run.result().cacheAfter())
                .filter(Objects::nonNull)
                .map(ByteSize::bytes)
                .toList();
    }
}
