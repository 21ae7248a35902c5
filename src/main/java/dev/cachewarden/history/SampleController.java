package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoint that reads a host's cache immediately. */
@RestController
@RequestMapping("/api/v1/hosts/{id}/sample")
class SampleController {

    private final HostSampler sampler;

    SampleController(HostSampler sampler) {
        this.sampler = sampler;
    }

    /**
     * A {@link HostReading} in JSON.
     *
     * @param takenAt time of the reading, or null if it failed
     * @param usage usage of the cache, or null if the reading failed
     * @param cause kind of the problem, or null if the reading succeeded
     * @param message the problem and the next step, or null if the reading succeeded
     * @param read whether the reading succeeded
     */
    record HostReadingResponse(
            boolean read,
            @Nullable Instant takenAt,
            @Nullable CacheUsageResponse usage,
            HostProblem.@Nullable Cause cause,
            @Nullable String message) {}

    /** Reads the cache of a host immediately. */
    @PostMapping
    HostReadingResponse sampleHost(@PathVariable long id) {
        return switch (sampler.sampleNow(new HostId(id))) {
            case HostReading.Read read ->
                new HostReadingResponse(
                        true,
                        read.snapshot().takenAt(),
                        CacheUsageResponse.of(CacheUsage.of(read.snapshot().records())),
                        null,
                        null);
            case HostReading.Unreachable unreachable ->
                new HostReadingResponse(
                        false,
                        null,
                        null,
                        unreachable.problem().cause(),
                        unreachable.problem().message());
        };
    }
}
