package dev.cachewarden.build.web;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.build.analysis.size.SizeCurve;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.build.analytics.CacheLimits;
import dev.cachewarden.build.analytics.CacheSizes;
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

/** How large a cache should be. */
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
     * What a cache of a size would have done.
     *
     * @param leastHitRate were all records new ones that are only taken for ones made again
     * @param rebuildADay null: of nothing that was used again it is known how long it takes to make
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
     * What limits the whole of the cache today.
     *
     * @param policyId the policy it is of; null, as its name and version: the builder's own garbage collection
     * @param does what, as the end of a sentence
     * @param sizeBytes to what it cuts the cache back; null: not to a size that is known beforehand
     * @param idle why it deletes nothing by itself, in words; null: it does
     * @param point what a cache of that size would have done; null: that cannot be told
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
     * What past uses tell of sizes.
     *
     * @param tooThin what is lacking to tell anything; null: nothing
     * @param uses how many uses it follows from
     * @param span from the first of them to the last
     * @param share part of the contents looked at; below 1 it is an estimate
     * @param rebuildsKnown of which part of the repeated uses the time of a rebuild is known; of the others none is counted
     * @param enough from where on a larger cache would have made no difference
     * @param knee where more size begins to bring less; null: the curve is about straight
     * @param presentBytes what the cache held when it was last read; null: it never was
     * @param limits what limits the whole of the cache today, also where nothing can be told of sizes; empty: nothing is known to
     */
    record SizeCurveResponse(
            @Nullable String tooThin,
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
                case SizeReading.TooThin thin ->
                    new SizeCurveResponse(
                            thin.reason(), 0, null, 1, 0, null, null, presentBytes, told(limits, null), List.of());
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
                            told(limits, curve),
                            curve.points().stream().map(PointResponse::of).toList());
                }
            };
        }

        private static List<LimitResponse> told(List<CacheLimit> limits, @Nullable SizeCurve curve) {
            return limits.stream().map(limit -> LimitResponse.of(limit, curve)).toList();
        }
    }

    /** @param days how far to look back */
    @GetMapping("/api/v1/builders/{id}/size-curve")
    SizeCurveResponse curve(@PathVariable long id, @RequestParam(defaultValue = "30") int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new InvalidInputException("days", "is from 1 to " + MOST_DAYS + ", not " + days);
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
