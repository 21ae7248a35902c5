package dev.cachewarden.build.analytics;

import dev.cachewarden.build.analytics.StepCosts.Stamp;
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
 * Keeps what instructions took for as long as no build of the engine comes in or goes: a preview asks for one builder after the other, and
 * again with each edit. Whether any did is looked up for all of them at once, at most once a second. What running builds did so far may be
 * missing until they end.
 */
@Component
class KeptStepCosts {

    /** Instructions of all engines together, some 300 bytes each. */
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

    /** @param nanos as {@link System#nanoTime} */
    KeptStepCosts(StepCosts costs, HostRegistry hosts, LongSupplier nanos) {
        this.costs = costs;
        this.hosts = hosts;
        this.nanos = nanos;
    }

    /**
     * Which builds there are.
     *
     * @param engines of each builder, all of its engine
     * @param stamps of those that have builds
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

    /** As {@link StepCosts#latest} of all builders of this one's engine; not to be changed. */
    NavigableMap<String, Duration> latest(BuilderId builder) {
        var now = overview();
        var stamps = now.of(now.engines().getOrDefault(builder, Set.of(builder)));
        if (stamps.isEmpty()) {
            return Collections.emptyNavigableMap();
        }
        var builders = Set.copyOf(stamps.keySet());
        var known = find(builders);
        if (known != null && known.stamps().equals(stamps)) {
            return known.costs();
        }
        // The stamps are older than what is read here: a build that comes in between is read once more, never missed.
        var read = new Kept(stamps, Collections.unmodifiableNavigableMap(costs.latest(builders)));
        keep(builders, read);
        return read.costs();
    }

    /** While one looks, the others of the same preview need not. */
    private Overview overview() {
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
            return look();
        } finally {
            if (mine) {
                looking.set(false);
            }
        }
    }

    private Overview look() {
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

    /** What does not fit is read each time: to push out another engine's would push out each just before a preview comes to it. */
    private synchronized void keep(Set<BuilderId> builders, Kept read) {
        var before = kept.remove(builders);
        held -= before == null ? 0 : before.costs().size();
        if (held + read.costs().size() <= MOST) {
            kept.put(builders, read);
            held += read.costs().size();
        }
    }
}
