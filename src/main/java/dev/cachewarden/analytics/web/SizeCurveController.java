package dev.cachewarden.analytics.web;

import dev.cachewarden.analytics.CacheLimits;
import dev.cachewarden.analytics.CacheSizes;
import dev.cachewarden.analytics.SizeCurve;
import dev.cachewarden.analytics.SizeReading;
import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the hit rate by cache size. */
@RestController
class SizeCurveController {

    private static final int MOST_DAYS = 90;

    private final CacheSizes sizes;
    private final CacheLimits limits;
    private final UsageHistory usage;
    private final HostRegistry hosts;

    SizeCurveController(CacheSizes sizes, CacheLimits limits, UsageHistory usage, HostRegistry hosts) {
        this.sizes = sizes;
        this.limits = limits;
        this.usage = usage;
        this.hosts = hosts;
    }

    /**
     * The figures for one cache size.
     *
     * @param leastHitRate hit rate if all records that are only assumed to equal an earlier record were new ones, from 0 to 1
     * @param rebuildADay average rebuild time per day, or null if no rebuild time of a reused record is known
     */
    record PointResponse(
            long sizeBytes,
            double hitRate,
            double leastHitRate,
            @Nullable Duration rebuildADay) {
        static PointResponse of(SizeCurve.Point point) {
            return new PointResponse(point.size().bytes(), point.hitRate(), point.leastHitRate(), point.rebuildADay());
        }
    }

    /**
     * A current limit on the total size of the cache.
     *
     * @param policyId ID of the policy that sets the limit; null, like its name and version, for the builder's own garbage collection
     * @param does effect of the limit as the end of a sentence
     * @param sizeBytes size to which the cache is reduced, in bytes, or null if the size is unknown in advance
     * @param idle reason why the limit deletes nothing automatically, in words, or null if it deletes automatically
     * @param point figures for a cache of that size, or null if they cannot be computed
     */
    record LimitResponse(
            @Nullable Long policyId,
            @Nullable String policyName,
            @Nullable Integer policyVersion,
            String does,
            @Nullable Long sizeBytes,
            @Nullable String idle,
            @Nullable PointResponse point) {

        static LimitResponse of(CacheLimit limit, @Nullable SizeCurve curve) {
            var policy = limit.policy();
            var size = limit.size();
            return new LimitResponse(
                    policy == null ? null : Long.valueOf(policy.id()),
                    policy == null ? null : policy.name(),
                    policy == null ? null : Integer.valueOf(policy.version()),
                    limit.words(),
                    size == null ? null : Long.valueOf(size.bytes()),
                    limit.idle(),
                    size == null || curve == null ? null : PointResponse.of(curve.at(size)));
        }
    }

    /**
     * The hit rate by cache size, computed from past uses.
     *
     * @param insufficientData reason why there is too little data for a result, or null if there is enough
     * @param uses number of uses that the result is based on
     * @param span time from the first to the last of these uses
     * @param share share of the contents that were analyzed, from 0 to 1; the result is an estimate if it is below 1
     * @param rebuildsKnown share of the repeated uses whose rebuild time is known, from 0 to 1; the other uses count no rebuild time
     * @param enough size in bytes above which a larger cache would have made no difference
     * @param knee point beyond which additional size has less effect, or null if the curve is approximately straight
     * @param presentBytes size of the cache in the latest snapshot, in bytes, or null if there is no snapshot
     * @param limits current limits on the total size of the cache, present even without a result for sizes; empty if no limit is known
     */
    record SizeCurveResponse(
            @Nullable String insufficientData,
            long uses,
            @Nullable Duration span,
            double share,
            double rebuildsKnown,
            @Nullable Long enough,
            @Nullable PointResponse knee,
            @Nullable Long presentBytes,
            List<LimitResponse> limits,
            List<PointResponse> points) {

        static SizeCurveResponse of(SizeReading reading, @Nullable Long presentBytes, List<CacheLimit> limits) {
            return switch (reading) {
                case SizeReading.InsufficientData thin ->
                    new SizeCurveResponse(
                            thin.reason(),
                            0,
                            null,
                            1,
                            0,
                            null,
                            null,
                            presentBytes,
                            toResponses(limits, null),
                            List.of());
                case SizeReading.Read read -> {
                    var curve = read.curve();
                    yield new SizeCurveResponse(
                            null,
                            curve.uses(),
                            curve.span(),
                            curve.share(),
                            curve.rebuildsKnown(),
                            curve.enough().bytes(),
                            curve.knee().map(PointResponse::of).orElse(null),
                            presentBytes,
                            toResponses(limits, curve),
                            curve.points().stream().map(PointResponse::of).toList());
                }
            };
        }

        private static List<LimitResponse> toResponses(List<CacheLimit> limits, @Nullable SizeCurve curve) {
            return limits.stream().map(limit -> LimitResponse.of(limit, curve)).toList();
        }
    }

    /**
     * Returns the hit rate by cache size.
     *
     * @param days number of days before now to analyze
     */
    @GetMapping("/api/v1/builders/{id}/size-curve")
    SizeCurveResponse getSizeCurve(@PathVariable long id, @RequestParam(defaultValue = "30") int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new InvalidInputException("days", "must be from 1 to " + MOST_DAYS + ", not " + days);
        }
        var builder = new BuilderId(id);
        if (hosts.ofBuilder(builder).isEmpty()) {
            throw new NotFoundException("There is no builder " + id + ".");
        }
        var present = usage.latest(builder)
                .map(sample -> sample.usage().total().size().bytes())
                .orElse(null);
        return SizeCurveResponse.of(sizes.of(builder, Duration.ofDays(days)), present, limits.of(builder));
    }
}
