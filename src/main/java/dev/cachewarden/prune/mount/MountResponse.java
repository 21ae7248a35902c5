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
 * @param reclaimableBytes not in use and not shared
 * @param sharedBytes held by an image as well, in use or not
 * @param inUseBytes held by running builds, shared or not
 * @param lastUsedAt null: never used
 * @param recordFilter finds its records: {@code /api/v1/records?q=}
 * @param hosts where it is, the largest first
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
     * @param takenAt when the host was last read
     * @param pinnedBytes how much of it the pins hold
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
     * A pin that keeps some of it.
     *
     * @param policyId null: it is a pin of the fleet
     */
    record PinResponse(@Nullable Long policyId, @Nullable String policy, String filter) {
        private static PinResponse of(MountPin pin) {
            return new PinResponse(pin.policyId(), pin.policy(), pin.filter().toString());
        }
    }

    /** Records and their bytes. */
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
