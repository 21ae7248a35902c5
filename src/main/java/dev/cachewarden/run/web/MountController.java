package dev.cachewarden.run.web;

import dev.cachewarden.plan.preview.CacheMounts;
import dev.cachewarden.plan.preview.MountView;
import dev.cachewarden.plan.preview.MountView.Place;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.CsvWriter;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import dev.cachewarden.run.web.MountResponse.PlaceResponse;
import dev.cachewarden.run.web.MountResponse.SumResponse;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
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
            SumResponse unnamed,
            SumResponse further,
            List<String> unreadHosts) {}

    /** Returns mounts, largest first. */
    @GetMapping("/api/v1/mounts")
    MountListResponse listMounts(@RequestParam(defaultValue = "") String q, Paging paging) {
        var list = "mounts " + q.strip();
        var last = paging.after() == null || paging.after().isEmpty() ? null : Position.read(list, paging.after());
        var found = mounts.find(q);
        var rest = found.mounts().stream()
                .filter(mount -> last == null || last.before(mount))
                .limit(paging.size() + 1L)
                .toList();
        var part = rest.subList(0, Math.min(paging.size(), rest.size()));
        return new MountListResponse(
                part.stream().map(MountResponse::of).toList(),
                rest.size() > paging.size() ? Position.of(part.getLast()).write(list) : null,
                SumResponse.of(found.unnamed()),
                SumResponse.of(found.further()),
                found.unread());
    }

    /** Returns the hosts that have a mount, largest first. */
    @GetMapping("/api/v1/mounts/hosts")
    Page<PlaceResponse> listMountHosts(@RequestParam String id, Paging paging) {
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
        var csv = new CsvWriter(
                out,
                "mount",
                "targets",
                "host",
                "builderId",
                "records",
                "sizeBytes",
                "usageCount",
                "lastUsedAt",
                "pinnedBytes",
                "takenAt");
        mounts.find(q).mounts().forEach(mount -> mount.places().forEach(place -> row(csv, mount, place)));
        out.flush();
    }

    /** Writes the same CSV for links that cannot set the Accept header. */
    @Hidden
    @GetMapping(value = "/api/v1/mounts", params = "format=csv")
    void listMountsAsCsvByLink(@RequestParam(defaultValue = "") String q, HttpServletResponse response)
            throws IOException {
        listMountsAsCsv(q, response);
    }

    private static void row(CsvWriter csv, MountView mount, Place place) {
        csv.row(
                mount.id(),
                String.join(" ", mount.targets()),
                place.host().name(),
                place.builder().value(),
                place.use().total().records(),
                place.use().size().bytes(),
                place.use().usageCount(),
                place.use().lastUsedAt(),
                place.pinned().size().bytes(),
                place.takenAt());
    }

    /** A position between two mounts, which stays valid when mounts are added or removed. */
    private record Position(long bytes, String id) {

        static Position of(MountView mount) {
            return new Position(mount.size().bytes(), mount.id());
        }

        /** Encodes the position. The ID is in hexadecimal, because it can contain any character and a cursor cannot. */
        String write(String list) {
            return Cursor.encode(
                    list, List.of(Long.toString(bytes), HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8))));
        }

        static Position read(String list, String cursor) {
            var parts = Cursor.decode(list, cursor);
            return new Position(
                    Long.parseLong(parts.getFirst()),
                    new String(HexFormat.of().parseHex(parts.getLast()), StandardCharsets.UTF_8));
        }

        boolean before(MountView mount) {
            long other = mount.size().bytes();
            return other < bytes || other == bytes && mount.id().compareTo(id) > 0;
        }
    }
}
