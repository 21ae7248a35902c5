package dev.cachewarden.prune.mount;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.RecordFilter;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.WatchedHost;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache mount over all hosts: the records whose mounts have the same id.
 *
 * @param targets where it is mounted, in order; several where steps mount one id at different paths
 * @param use of all records on all hosts
 * @param places where it is, the largest first; never empty
 */
public record MountView(String id, List<String> targets, MountUse use, List<Place> places) {

    public MountView {
        targets = List.copyOf(targets);
        places = List.copyOf(places);
    }

    /**
     * The mount on one builder.
     *
     * @param takenAt when the builder was last read; null: not known any more
     * @param pinned how much of it a pin of a policy holds that is switched on and covers the host
     * @param pins those pins, in the order of the policies' names
     */
    public record Place(
            WatchedHost host,
            BuilderId builder,
            @Nullable Instant takenAt,
            MountUse use,
            Amount pinned,
            List<MountPin> pins) {

        public Place {
            pins = List.copyOf(pins);
        }

        /** Whether only a part of it is pinned. */
        public boolean partlyPinned() {
            return pinned.records() > 0 && pinned.records() < use.total().records();
        }
    }

    public ByteSize size() {
        return use.size();
    }

    /** Every pin that holds some of it anywhere, each once. */
    public List<MountPin> pins() {
        return places.stream()
                .flatMap(place -> place.pins().stream())
                .distinct()
                .toList();
    }

    /** A filter that finds its records, as {@link RecordFilter#parse} reads it. */
    public String recordFilter() {
        return recordFilter(Set.of());
    }

    /** The same on one host. */
    public String recordFilter(String host) {
        return recordFilter(Set.of(host));
    }

    private String recordFilter(Set<String> hosts) {
        return new RecordFilter(hosts, Set.of(RecordType.EXEC_CACHEMOUNT), Set.of(), words(), null, null).format();
    }

    /** Whether it was given no id of its own. */
    public boolean targetIsId() {
        return targets.equals(List.of(id));
    }

    /** What all its descriptions have in common; others may have it too. */
    private String words() {
        if (targetIsId()) {
            return "cached mount " + id + " from";
        }
        return targets.contains(id) ? id : "with id \"" + id + '"';
    }
}
