package dev.cachewarden.prune.mount;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.prune.mount.MountView.Place;
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
 * @param hosts the hosts that have the mount, largest first
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
        List<PlaceResponse> hosts) {

    /**
     * The mount on one host.
     *
     * @param takenAt the time of the last snapshot of the host
     * @param pinnedBytes the size of its pinned records
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
                mount.places().stream().map(PlaceResponse::of).toList());
    }

    private static long bytes(MountUse use, UsageState state) {
        return use.of(state).plus(use.of(UsageState.IN_USE_SHARED)).size().bytes();
    }
}
