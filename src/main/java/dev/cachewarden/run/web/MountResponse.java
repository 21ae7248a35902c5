package dev.cachewarden.run.web;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.plan.preview.MountPin;
import dev.cachewarden.plan.preview.MountUse;
import dev.cachewarden.plan.preview.MountView;
import dev.cachewarden.plan.preview.MountView.Place;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MountView} in JSON.
 *
 * @param reclaimableBytes the size of records that are neither in use nor shared
 * @param sharedBytes the size of records that share their data with an image, in use or not
 * @param inUseBytes the size of records that running builds use, shared or not
 * @param lastUsedAt the last use, or null if it was never used
 * @param recordFilter a filter that finds its records: {@code /api/v1/records?q=}
 * @param hostCount the number of hosts that have the mount
 * @param hosts the largest of these hosts; the others are at {@code /api/v1/mounts/hosts?id=}, with the cursor {@code next}
 */
record MountResponse(
        String id,
        List<String> targets,
        long records,
        long sizeBytes,
        long reclaimableBytes,
        long sharedBytes,
        long inUseBytes,
        long usageCount,
        @Nullable Instant lastUsedAt,
        String recordFilter,
        int hostCount,
        Page<PlaceResponse> hosts) {

    private static final int HOSTS = 10;

    /**
     * The mount on one host.
     *
     * @param takenAt the time of the last snapshot of the host
     * @param pinnedBytes the size of its pinned records
     * @param host name of the host
     * @param pins pins that protect records of the mount
     */
    record PlaceResponse(
            long hostId,
            String host,
            long builderId,
            @Nullable Instant takenAt,
            long records,
            long sizeBytes,
            long usageCount,
            @Nullable Instant lastUsedAt,
            long pinnedBytes,
            List<PinResponse> pins) {

        private static PlaceResponse of(Place place) {
            return new PlaceResponse(
                    place.host().id().value(),
                    place.host().name(),
                    place.builder().value(),
                    place.takenAt(),
                    place.use().total().records(),
                    place.use().size().bytes(),
                    place.use().usageCount(),
                    place.use().lastUsedAt(),
                    place.pinned().size().bytes(),
                    place.pins().stream().map(PinResponse::of).toList());
        }
    }

    /**
     * A pin that protects records of the mount.
     *
     * @param policyId the ID of the policy, or null for a pin of the fleet
     * @param policy name of the policy, or null for a pin of the fleet
     */
    record PinResponse(@Nullable Long policyId, @Nullable String policy, String filter) {
        private static PinResponse of(MountPin pin) {
            return new PinResponse(pin.policyId(), pin.policy(), pin.filter().toString());
        }
    }

    /** The number of records and their bytes. */
    record SumResponse(long records, long sizeBytes) {
        static SumResponse of(Amount amount) {
            return new SumResponse(amount.records(), amount.size().bytes());
        }
    }

    static MountResponse of(MountView mount) {
        var use = mount.use();
        return new MountResponse(
                mount.id(),
                mount.targets(),
                use.total().records(),
                use.size().bytes(),
                use.of(UsageState.RECLAIMABLE).size().bytes(),
                bytes(use, UsageState.SHARED),
                bytes(use, UsageState.IN_USE),
                use.usageCount(),
                use.lastUsedAt(),
                mount.recordFilter(),
                mount.places().size(),
                hosts(mount, null, HOSTS));
    }

    /** Returns a page of the hosts that have a mount. */
    static Page<PlaceResponse> hosts(MountView mount, @Nullable String after, int limit) {
        var list = "hosts of mount " + mount.id();
        var last = after == null || after.isEmpty() ? null : Position.read(list, after);
        var rest = mount.places().stream()
                .filter(place -> last == null || last.before(place))
                .limit(limit + 1L)
                .toList();
        var part = rest.subList(0, Math.min(limit, rest.size()));
        return new Page<>(
                part.stream().map(PlaceResponse::of).toList(),
                rest.size() > limit ? Position.of(part.getLast()).write(list) : null);
    }

    /** A position between two hosts of the list. */
    private record Position(long bytes, String host, long builder) {

        static Position of(Place place) {
            return new Position(
                    place.use().size().bytes(),
                    place.host().name(),
                    place.builder().value());
        }

        String write(String list) {
            return Cursor.encode(list, List.of(Long.toString(bytes), host, Long.toString(builder)));
        }

        static Position read(String list, String cursor) {
            var parts = Cursor.decode(list, cursor);
            return new Position(Long.parseLong(parts.get(0)), parts.get(1), Long.parseLong(parts.get(2)));
        }

        boolean before(Place place) {
            long other = place.use().size().bytes();
            if (other != bytes) {
                return other < bytes;
            }
            int byName = place.host().name().compareTo(host);
            return byName == 0 ? place.builder().value() > builder : byName > 0;
        }
    }

    private static long bytes(MountUse use, UsageState state) {
        return use.of(state).plus(use.of(UsageState.IN_USE_SHARED)).size().bytes();
    }
}
