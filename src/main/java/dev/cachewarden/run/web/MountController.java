package dev.cachewarden.run.web;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.plan.preview.CacheMounts;
import dev.cachewarden.plan.preview.MountPin;
import dev.cachewarden.plan.preview.MountUse;
import dev.cachewarden.plan.preview.MountView;
import dev.cachewarden.plan.preview.MountView.Place;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.CsvColumns;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for cache mounts. */
@RestController
class MountController {

    private static final CsvColumns<MountOnHost> COLUMNS = new CsvColumns<MountOnHost>()
            .with("mount", row -> row.mount().id())
            .with("targets", row -> String.join(" ", row.mount().targets()))
            .with("host", row -> row.place().host().name())
            .with("builderId", row -> row.place().builder().value())
            .with("records", row -> row.place().use().total().records())
            .with("sizeBytes", row -> row.place().use().size().bytes())
            .with("usageCount", row -> row.place().use().usageCount())
            .with("lastUsedAt", row -> row.place().use().lastUsedAt())
            .with("pinnedBytes", row -> row.place().pinned().size().bytes())
            .with("takenAt", row -> row.place().takenAt());

    private final CacheMounts mounts;

    MountController(CacheMounts mounts) {
        this.mounts = mounts;
    }

    /**
     * A page of the list.
     *
     * @param next cursor for the next page, or null if this is the last one
     * @param unnamed records of mounts whose descriptions contain no target; they belong to no item of any page
     * @param further records of mounts beyond the maximum number
     * @param unreadHosts hosts without a snapshot, whose mounts are unknown
     */
    record MountListResponse(
            List<MountResponse> items,
            @Nullable String next,
            MountResponse.SumResponse unnamed,
            MountResponse.SumResponse further,
            List<String> unreadHosts) {}

    /** Returns mounts, largest first. */
    @GetMapping("/api/v1/mounts")
    MountListResponse listMounts(@RequestParam(defaultValue = "") String q, Paging paging) {
        var list = "mounts " + q.strip();
        var last = paging.after() == null || paging.after().isEmpty() ? null : MountPosition.read(list, paging.after());
        var found = mounts.find(q);
        var rest = found.mounts().stream()
                .filter(mount -> last == null || last.before(mount))
                .limit(paging.size() + 1L)
                .toList();
        var part = rest.subList(0, Math.min(paging.size(), rest.size()));
        return new MountListResponse(
                part.stream().map(MountResponse::of).toList(),
                rest.size() > paging.size() ? MountPosition.of(part.getLast()).write(list) : null,
                MountResponse.SumResponse.of(found.unnamed()),
                MountResponse.SumResponse.of(found.further()),
                found.unread());
    }

    /** Returns the hosts that have a mount, largest first. */
    @GetMapping("/api/v1/mounts/hosts")
    Page<MountResponse.PlaceResponse> listMountHosts(@RequestParam String id, Paging paging) {
        return mounts.find("").mounts().stream()
                .filter(mount -> mount.id().equals(id))
                .findFirst()
                .map(mount -> MountResponse.hosts(mount, paging.after(), paging.size()))
                .orElseThrow(() -> new NotFoundException("No host has the cache mount " + id + "."));
    }

    /** Writes every mount on every host as CSV, largest mount first, if the client accepts this media type. */
    @Hidden
    @GetMapping(value = "/api/v1/mounts", produces = "text/csv")
    void listMountsAsCsv(@RequestParam(defaultValue = "") String q, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cache-mounts.csv\"");
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        var csv = COLUMNS.writeTo(out);
        mounts.find(q)
                .mounts()
                .forEach(mount -> mount.places().forEach(place -> csv.accept(new MountOnHost(mount, place))));
        out.flush();
    }

    /** Writes the same CSV for links that cannot set the Accept header. */
    @Hidden
    @GetMapping(value = "/api/v1/mounts", params = "format=csv")
    void listMountsAsCsvByLink(@RequestParam(defaultValue = "") String q, HttpServletResponse response)
            throws IOException {
        listMountsAsCsv(q, response);
    }

    /** A row of the CSV. */
    private record MountOnHost(MountView mount, Place place) {}

    /** A position between two mounts, which stays valid when mounts are added or removed. */
    private record MountPosition(long bytes, String id) {

        static MountPosition of(MountView mount) {
            return new MountPosition(mount.size().bytes(), mount.id());
        }

        /** Encodes the position. The ID is in hexadecimal, because it can contain any character and a cursor cannot. */
        String write(String list) {
            return Cursor.encode(
                    list, List.of(Long.toString(bytes), HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8))));
        }

        static MountPosition read(String list, String cursor) {
            var parts = Cursor.decode(list, cursor);
            return new MountPosition(
                    Long.parseLong(parts.getFirst()),
                    new String(HexFormat.of().parseHex(parts.getLast()), StandardCharsets.UTF_8));
        }

        boolean before(MountView mount) {
            long other = mount.size().bytes();
            return other < bytes || other == bytes && mount.id().compareTo(id) > 0;
        }
    }

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
        record PinResponse(
                @Nullable Long policyId, @Nullable String policy, String filter) {
            private static PinResponse of(MountPin pin) {
                return new PinResponse(
                        pin.policyId(), pin.policy(), pin.filter().toString());
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
            var last = after == null || after.isEmpty() ? null : PlacePosition.read(list, after);
            var rest = mount.places().stream()
                    .filter(place -> last == null || last.before(place))
                    .limit(limit + 1L)
                    .toList();
            var part = rest.subList(0, Math.min(limit, rest.size()));
            return new Page<>(
                    part.stream().map(PlaceResponse::of).toList(),
                    rest.size() > limit ? PlacePosition.of(part.getLast()).write(list) : null);
        }

        /** A position between two hosts of the list. */
        private record PlacePosition(long bytes, String host, long builder) {

            static PlacePosition of(Place place) {
                return new PlacePosition(
                        place.use().size().bytes(),
                        place.host().name(),
                        place.builder().value());
            }

            String write(String list) {
                return Cursor.encode(list, List.of(Long.toString(bytes), host, Long.toString(builder)));
            }

            static PlacePosition read(String list, String cursor) {
                var parts = Cursor.decode(list, cursor);
                return new PlacePosition(Long.parseLong(parts.get(0)), parts.get(1), Long.parseLong(parts.get(2)));
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
}
