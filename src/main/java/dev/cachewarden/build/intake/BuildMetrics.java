package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.store.NewBuild;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts builds for the machine's watchers, by host: {@code cachewarden.builds} with how they ended, {@code cachewarden.build.duration} of
 * those that ended well, and of these {@code cachewarden.build.lookups} with whether the cache had the step. Only what ended just now
 * counts: builders tell of old builds when they are followed anew.
 */
@Component
class BuildMetrics {

    private static final Duration JUST_NOW = Duration.ofMinutes(10);

    private final MeterRegistry meters;
    private final HostRegistry hosts;
    private final InstantSource clock;

    BuildMetrics(MeterRegistry meters, HostRegistry hosts, InstantSource clock) {
        this.meters = meters;
        this.hosts = hosts;
        this.clock = clock;
    }

    void count(NewBuild build) {
        var ended = build.endedAt();
        if (ended == null || ended.isBefore(clock.instant().minus(JUST_NOW))) {
            return;
        }
        String host = host(build.builder());
        meters.counter(
                        "cachewarden.builds",
                        "host",
                        host,
                        "state",
                        build.state().name())
                .increment();
        if (build.state() != BuildState.DONE) {
            return;
        }
        var rate = build.hitRate();
        meters.counter("cachewarden.build.lookups", "host", host, "result", "hit")
                .increment(rate.hits());
        meters.counter("cachewarden.build.lookups", "host", host, "result", "miss")
                .increment(rate.lookups() - rate.hits());
        if (build.duration() != null) {
            meters.timer("cachewarden.build.duration", "host", host).record(build.duration());
        }
    }

    private String host(@Nullable BuilderId builder) {
        return builder == null
                ? "none"
                : hosts.ofBuilder(builder).map(host -> host.name()).orElse("none");
    }
}
