package dev.cachewarden.history;

import dev.cachewarden.history.UsageHistory.RecordUse;
import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints of builders and their history. */
@RestController
@RequestMapping("/api/v1/builders")
class BuilderController {

    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
    private static final int MOST_POINTS = 5_000;
    private static final int USES = 100;

    private final UsageHistory history;
    private final HostRegistry registry;
    private final InstantSource clock;

    BuilderController(UsageHistory history, HostRegistry registry, InstantSource clock) {
        this.history = history;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * A record with its history.
     *
     * @param uses recorded uses, newest first, at most 100
     */
    record RecordDetailResponse(CacheRecordResponse record, List<RecordUse> uses) {}

    /** Returns all builders in the order of their hosts' names. */
    @GetMapping
    Page<BuilderUsageResponse> listBuilders(Paging paging) {
        var latest = history.latest();
        var now = clock.instant();
        return paging.of(
                "builders",
                registry.all().stream()
                        .flatMap(host -> host.builders().stream()
                                .map(builder -> BuilderUsageResponse.of(host, builder, latest.get(builder.id()), now)))
                        .toList(),
                builder -> Long.toString(builder.id()));
    }

    /**
     * Returns usage over time, oldest first.
     *
     * @param from inclusive; absent means one day before the end
     * @param until exclusive; absent means now
     * @param points approximate number of samples
     */
    @GetMapping("/{id}/usage")
    Page<UsageSampleResponse> getBuilderUsage(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(defaultValue = "300") int points) {
        hostOf(id);
        var end = until == null ? clock.instant() : until;
        var start = from == null ? end.minus(DEFAULT_RANGE) : from;
        if (!start.isBefore(end)) {
            throw new InvalidInputException("from", "must be before the end of the range, " + end);
        }
        if (points < 1 || points > MOST_POINTS) {
            throw new InvalidInputException("points", "must be from 1 to " + MOST_POINTS + ", not " + points);
        }
        return new Page<>(
                history.series(new BuilderId(id), start, end, points).stream()
                        .map(UsageSampleResponse::of)
                        .toList(),
                null);
    }

    /** Returns one record, existing or deleted. */
    @GetMapping("/{id}/records/{recordId}")
    RecordDetailResponse getRecord(@PathVariable long id, @PathVariable String recordId) {
        var host = hostOf(id);
        var builder = new BuilderId(id);
        var life = history.record(builder, recordId)
                .orElseThrow(() -> new NotFoundException("There is no cache record '" + recordId + "' in builder " + id
                        + ", neither in the cache nor in the history"));
        var children =
                life.missingSince() == null ? history.childCounts(List.of(life)).getFirst() : null;
        return new RecordDetailResponse(
                CacheRecordResponse.of(life, host, children), history.uses(builder, recordId, USES));
    }

    private WatchedHost hostOf(long builder) {
        return registry.ofBuilder(new BuilderId(builder))
                .orElseThrow(() -> new NotFoundException("There is no builder " + builder));
    }

    /**
     * A {@link Builder} with its last reading in JSON.
     *
     * @param host name of its host
     * @param latest last reading, or null if the builder was never read, so that its usage is unknown
     * @param stale whether the last reading is too old to represent the current state, or the host is unreachable
     */
    record BuilderUsageResponse(
            long id,
            long hostId,
            String host,
            String name,
            String driver,
            @Nullable UsageSampleResponse latest,
            boolean stale) {

        static BuilderUsageResponse of(WatchedHost host, Builder builder, @Nullable UsageSample latest, Instant now) {
            boolean old =
                    latest == null || now.isAfter(latest.takenAt().plus(UsageHistory.staleAfter(host.pollInterval())));
            return new BuilderUsageResponse(
                    builder.id().value(),
                    host.id().value(),
                    host.name(),
                    builder.name(),
                    builder.driver(),
                    latest == null ? null : UsageSampleResponse.of(latest),
                    old || !(host.reachability() instanceof Reachability.Reachable));
        }
    }

    /**
     * A {@link UsageSample} in JSON.
     *
     * @param span zero for a reading, or the time range of a mean, starting at {@code takenAt}
     * @param highestBytes the largest total within the span
     */
    @Schema(name = "UsageSample")
    record UsageSampleResponse(Instant takenAt, Duration span, long highestBytes, CacheUsageResponse usage) {

        static UsageSampleResponse of(UsageSample sample) {
            return new UsageSampleResponse(
                    sample.takenAt(), sample.span(), sample.highest().bytes(), CacheUsageResponse.of(sample.usage()));
        }
    }
}
