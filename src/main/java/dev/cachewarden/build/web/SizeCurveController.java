package dev.cachewarden.build.web;

import dev.cachewarden.build.analysis.size.SizeCurve;
import dev.cachewarden.build.analysis.size.SizeReading;
import dev.cachewarden.build.analytics.CacheSizes;
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
    private final HostRegistry hosts;

    SizeCurveController(CacheSizes sizes, HostRegistry hosts) {
        this.sizes = sizes;
        this.hosts = hosts;
    }

    /**
     * What a cache of a size would have done.
     *
     * @param rebuildADay null: of nothing that was used again it is known how long it takes to make
     */
    record PointResponse(
            long sizeBytes, double hitRate, @Nullable Duration rebuildADay) {
        static PointResponse of(SizeCurve.Point point) {
            return new PointResponse(point.size().bytes(), point.hitRate(), point.rebuildADay());
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
     */
    record SizeCurveResponse(
            @Nullable String tooThin,
            long uses,
            @Nullable Duration span,
            double share,
            double rebuildsKnown,
            @Nullable Long enough,
            @Nullable PointResponse knee,
            List<PointResponse> points) {

        static SizeCurveResponse of(SizeReading reading) {
            return switch (reading) {
                case SizeReading.TooThin thin ->
                    new SizeCurveResponse(thin.reason(), 0, null, 1, 0, null, null, List.of());
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
                            curve.points().stream().map(PointResponse::of).toList());
                }
            };
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
        return SizeCurveResponse.of(sizes.of(builder, Duration.ofDays(days)));
    }
}
