package dev.cachewarden.run.web;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.preview.ReplayReport;
import dev.cachewarden.plan.preview.Replays;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for replays of policies. */
@RestController
class ReplayController {

    private final Replays replays;

    ReplayController(Replays replays) {
        this.replays = replays;
    }

    /**
     * A replay in JSON.
     *
     * @param missed deleted records that were used again later
     * @param missingParents the parents of these records that would have been missing too
     * @param rebuild the total rebuild time of {@code missed} and {@code missingParents}, as far as it is known
     * @param rebuildsUnknown the number of these records whose rebuild time is unknown
     * @param starts number of times that the replay started the policy
     * @param thinned whether the policy would have started more often than that
     */
    record ReplayResponse(
            long builderId,
            Instant from,
            Instant until,
            int starts,
            boolean thinned,
            SumResponse pruned,
            SumResponse missed,
            SumResponse missingParents,
            Duration rebuild,
            long rebuildsUnknown,
            List<MissedResponse> worst,
            List<PointResponse> points) {

        static ReplayResponse of(ReplayReport report) {
            return new ReplayResponse(
                    report.builder().value(),
                    report.from(),
                    report.until(),
                    report.starts(),
                    report.thinned(),
                    SumResponse.of(report.pruned()),
                    SumResponse.of(report.misses().missed()),
                    SumResponse.of(report.misses().missingParents()),
                    report.misses().rebuild(),
                    report.misses().rebuildsUnknown(),
                    report.misses().worst().stream().map(MissedResponse::of).toList(),
                    report.points().stream().map(PointResponse::of).toList());
        }
    }

    /** The number of records and their bytes. */
    record SumResponse(long records, long bytes) {
        static SumResponse of(Amount amount) {
            return new SumResponse(amount.records(), amount.size().bytes());
        }
    }

    /**
     * A record that would have been deleted, and was used after that.
     *
     * @param prunedAt time when the policy would have deleted it
     * @param usedAt time of the next use
     */
    record MissedResponse(String recordId, String description, long sizeBytes, Instant prunedAt, Instant usedAt) {
        static MissedResponse of(ReplayReport.Missed missed) {
            return new MissedResponse(
                    missed.recordId(), missed.description(), missed.size().bytes(), missed.prunedAt(), missed.usedAt());
        }
    }

    /**
     * The actual size of the cache, and its size with the policy.
     *
     * @param withoutBytes actual size in bytes
     * @param withBytes size with the policy, in bytes
     */
    record PointResponse(Instant at, long withoutBytes, long withBytes) {
        static PointResponse of(ReplayReport.Point point) {
            return new PointResponse(
                    point.at(), point.without().bytes(), point.with().bytes());
        }
    }

    /**
     * Replays a policy.
     *
     * @param order the eviction order to compare with the one of the rules
     */
    @GetMapping("/api/v1/policies/{id}/replay")
    ReplayResponse replayPolicy(
            @PathVariable long id,
            @RequestParam long builder,
            @RequestParam(defaultValue = "7") int days,
            @RequestParam(required = false) @Nullable String order) {
        return ReplayResponse.of(replays.replay(id, new BuilderId(builder), days, order));
    }
}
