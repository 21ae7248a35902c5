package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.preview.KeptMounts.Sum;
import dev.cachewarden.plan.preview.MountGroups.Origin;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.Pins;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The cache mounts of all hosts, according to their last snapshots. */
@Component
public class CacheMounts {

    /** The maximum number of distinct pairs of a mount and a builder. Their totals take a few megabytes, and no user reads more of them. */
    static final int MOST_SUMS = 50_000;

    private static final RecordQuery ALL_MOUNTS = new RecordQuery(
            Set.of(),
            Set.of(RecordType.EXEC_CACHEMOUNT),
            Set.of(),
            null,
            null,
            null,
            // Largest first, so that only small mounts are not distinguished if there are too many.
            RecordQuery.Sort.SIZE,
            true);

    private final HostRegistry hosts;
    private final UsageHistory history;
    private final LastReadings readings;
    private final KeptMounts kept;
    private final Policies policies;
    private final Pins pins;

    CacheMounts(
            HostRegistry hosts,
            UsageHistory history,
            LastReadings readings,
            KeptMounts kept,
            Policies policies,
            Pins pins) {
        this.readings = readings;
        this.kept = kept;
        this.hosts = hosts;
        this.history = history;
        this.policies = policies;
        this.pins = pins;
    }

    /**
     * The result of a search.
     *
     * @param mounts the mounts, largest first
     * @param unnamed records of mounts whose descriptions contain no target; {@code mounts} does not include them
     * @param further records of mounts beyond the maximum number
     * @param unread names of hosts without a snapshot, whose mounts are unknown
     */
    public record Found(List<MountView> mounts, Amount unnamed, Amount further, List<String> unread) {

        /** Returns the total of all distinguished mounts. */
        public Amount total() {
            return mounts.stream().map(mount -> mount.use().total()).reduce(Amount.NONE, Amount::plus);
        }
    }

    /**
     * Finds the mounts in the last snapshots. If all totals are in memory, it uses them. Otherwise it reads every cache mount record from
     * the store, a few at a time.
     *
     * @param text words that must all be part of the ID, the target, or the name of the host, ignoring case; blank matches all mounts
     */
    public Found find(String text) {
        var watched = hosts.all();
        var last = readings.lastReadings();
        var origins = origins(watched, last);
        var groups = new MountGroups(text, MOST_SUMS);
        var sums = distinctByIds(origins.values())
                ? Optional.<Map<BuilderId, List<Sum>>>empty()
                : kept.of(last, origins.keySet());
        if (sums.isPresent()) {
            sums.get().forEach((builder, some) -> {
                var origin = Objects.requireNonNull(origins.get(builder));
                some.forEach(sum -> groups.add(origin, sum.like(), sum.use()));
            });
        } else {
            addStored(groups, origins);
        }
        return new Found(groups.largestFirst(), groups.unnamed(), groups.further(), unread(watched, last));
    }

    /** Returns whether a pin can match only one of two records that differ only in their IDs. */
    private static boolean distinctByIds(Collection<Origin> origins) {
        return origins.stream()
                .flatMap(origin -> origin.pins().stream())
                .anyMatch(check -> check.pin().filter().field() == Filter.Field.ID);
    }

    private void addStored(MountGroups groups, Map<BuilderId, Origin> origins) {
        history.forEach(ALL_MOUNTS, life -> {
            var origin = origins.get(life.builder());
            // Skips hosts that were removed in the meantime, and further hosts that connect to the same engine.
            if (origin != null) {
                groups.add(origin, life.record());
            }
        });
    }

    private Map<BuilderId, Origin> origins(List<WatchedHost> watched, Map<BuilderId, Reading> last) {
        var active = policies.all().stream().filter(PolicyView::enabled).toList();
        var ofFleet = this.pins.all().stream().map(MountPin::check).toList();
        var engines = new HashSet<String>();
        var origins = new HashMap<BuilderId, Origin>();
        for (var host : oldestFirst(watched)) {
            // A cache that two hosts connect to counts for the first of them, as on the other pages.
            if (host.engineId() != null && !engines.add(host.engineId())) {
                continue;
            }
            var pins = Stream.concat(
                            ofFleet.stream(),
                            active.stream()
                                    .filter(policy -> policy.covers(host))
                                    .flatMap(policy -> MountPin.checks(policy).stream()))
                    .toList();
            for (var builder : host.builders()) {
                var reading = last.get(builder.id());
                origins.put(
                        builder.id(), new Origin(host, builder.id(), reading == null ? null : reading.takenAt(), pins));
            }
        }
        return origins;
    }

    private static List<WatchedHost> oldestFirst(List<WatchedHost> watched) {
        return watched.stream()
                .sorted(Comparator.comparing(host -> host.id().value()))
                .toList();
    }

    private static List<String> unread(List<WatchedHost> watched, Map<BuilderId, Reading> last) {
        return watched.stream()
                .filter(host -> host.builders().stream().noneMatch(builder -> last.containsKey(builder.id())))
                .map(WatchedHost::name)
                .toList();
    }
}
