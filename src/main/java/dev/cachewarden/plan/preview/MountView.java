package dev.cachewarden.plan.preview;

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
 * A cache mount on all hosts: the records whose mounts have the same ID.
 *
 * @param targets the mount paths, in order; several if steps mount one ID at different paths
 * @param use the total of all records on all hosts
 * @param places the builders that have the mount, largest first; never empty
 */
public record MountView(String id, List<String> targets, MountUse use, List<Place> places) {

    public MountView {
        targets = List.copyOf(targets);
        places = List.copyOf(places);
    }

    /**
     * The mount on one builder.
     *
     * @param takenAt the time of the last snapshot of the builder, or null if it is no longer known
     * @param pinned the records that a pin of the fleet, or of an enabled policy that covers the host, protects
     * @param pins those pins: pins of the fleet first, then in the order of the policies' names
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

        /** Returns whether only a part of it is pinned. */
        public boolean partlyPinned() {
            return pinned.records() > 0 && pinned.records() < use.total().records();
        }
    }

    public ByteSize size() {
        return use.size();
    }

    /** Returns every pin that protects records of the mount on any host, each once. */
    public List<MountPin> pins() {
        return places.stream()
                .flatMap(place -> place.pins().stream())
                .distinct()
                .toList();
    }

    /** Returns a filter that finds its records, in the form that {@link RecordFilter#parse} reads. */
    public String recordFilter() {
        return recordFilter(Set.of());
    }

    /** Returns a filter that finds its records on one host. */
    public String recordFilter(String host) {
        return recordFilter(Set.of(host));
    }

    private String recordFilter(Set<String> hosts) {
        return new RecordFilter(hosts, Set.of(RecordType.EXEC_CACHEMOUNT), Set.of(), words(), null, null).format();
    }

    /** Returns whether the mount has no ID of its own. */
    public boolean targetIsId() {
        return targets.equals(List.of(id));
    }

    /** Returns the text that all its descriptions have in common. Other descriptions can contain it too. */
    private String words() {
        if (targetIsId()) {
            return "cached mount " + id + " from";
        }
        return targets.contains(id) ? id : "with id \"" + id + '"';
    }
}
