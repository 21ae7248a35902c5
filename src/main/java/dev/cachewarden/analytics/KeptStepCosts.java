package dev.cachewarden.analytics;

import dev.cachewarden.analytics.StepCosts.Stamp;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * A cache of the costs of instructions. An entry is valid until a build of its engine is added or deleted. The cache is useful because a
 * preview asks for one builder after another, and again with each edit. A single query checks the builds of all engines, at most once per
 * second. Steps of running builds may be missing until these builds end.
 */
@Component
class KeptStepCosts {

    /** The maximum number of instructions of all engines together. Each takes some 300 bytes. */
    static final int MOST = 100_000;

    private static final long FRESH = Duration.ofSeconds(1).toNanos();
    private static final long USABLE = Duration.ofSeconds(5).toNanos();

    private final StepCosts costs;
    private final HostRegistry hosts;
    private final LongSupplier nanos;
    private final Map<Set<BuilderId>, Kept> kept = new HashMap<>();
    private int held;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Overview overview;

    @Autowired
    KeptStepCosts(StepCosts costs, HostRegistry hosts) {
        this(costs, hosts, System::nanoTime);
    }

    /**
     * Creates the cache with a clock.
     *
     * @param nanos clock such as {@link System#nanoTime}
     */
    KeptStepCosts(StepCosts costs, HostRegistry hosts, LongSupplier nanos) {
        this.costs = costs;
        this.hosts = hosts;
        this.nanos = nanos;
    }

    /**
     * The existing builds.
     *
     * @param engines maps each builder to all builders of its engine
     * @param stamps maps each builder that has builds to its stamp
     */
    private record Overview(long at, Map<BuilderId, Set<BuilderId>> engines, Map<BuilderId, Stamp> stamps) {
        Map<BuilderId, Stamp> of(Set<BuilderId> builders) {
            var some = new HashMap<BuilderId, Stamp>();
            for (var builder : builders) {
                var stamp = stamps.get(builder);
                if (stamp != null) {
                    some.put(builder, stamp);
                }
            }
            return some;
        }
    }

    private record Kept(Map<BuilderId, Stamp> stamps, NavigableMap<String, Duration> costs) {}

    /** Returns {@link StepCosts#latest} for all builders of the engine of this builder, as an unmodifiable map. */
    NavigableMap<String, Duration> latest(BuilderId builder) {
        var now = freshOverview();
        var stamps = now.of(now.engines().getOrDefault(builder, Set.of(builder)));
        if (stamps.isEmpty()) {
            return Collections.emptyNavigableMap();
        }
        var builders = Set.copyOf(stamps.keySet());
        var known = find(builders);
        if (known != null && known.stamps().equals(stamps)) {
            return known.costs();
        }
        // The stamps are older than the costs read here. So a build added in between is read again, and never missed.
        var read = new Kept(stamps, Collections.unmodifiableNavigableMap(costs.latest(builders)));
        keep(builders, read);
        return read.costs();
    }

    /**
     * Returns an overview that is at most one second old. While one thread reads a new one, other threads of the same preview use the
     * previous one for up to five seconds.
     */
    private Overview freshOverview() {
        var last = overview;
        long age = last == null ? Long.MAX_VALUE : nanos.getAsLong() - last.at();
        if (last != null && age < FRESH) {
            return last;
        }
        boolean mine = looking.compareAndSet(false, true);
        if (last != null && !mine && age < USABLE) {
            return last;
        }
        try {
            return readOverview();
        } finally {
            if (mine) {
                looking.set(false);
            }
        }
    }

    private Overview readOverview() {
        var found = new Overview(nanos.getAsLong(), hosts.buildersByEngine(), costs.stamps());
        overview = found;
        forgetPast(found);
        return found;
    }

    private synchronized void forgetPast(Overview found) {
        kept.entrySet()
                .removeIf(entry ->
                        !found.of(entry.getKey()).equals(entry.getValue().stamps()));
        held = kept.values().stream().mapToInt(one -> one.costs().size()).sum();
    }

    private synchronized @Nullable Kept find(Set<BuilderId> builders) {
        return kept.get(builders);
    }

    /**
     * Stores the costs if they fit. Otherwise they are read each time. Evicting another engine would evict each one just before a preview
     * needs it.
     */
    private synchronized void keep(Set<BuilderId> builders, Kept read) {
        var before = kept.remove(builders);
        held -= before == null ? 0 : before.costs().size();
        if (held + read.costs().size() <= MOST) {
            kept.put(builders, read);
            held += read.costs().size();
        }
    }
}
