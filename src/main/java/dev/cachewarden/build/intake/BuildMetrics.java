package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.store.NewBuild;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The metrics of builds by host: {@code cachewarden.builds} by final state, and for successful builds {@code cachewarden.build.duration}
 * and {@code cachewarden.build.lookups} by cache hit or miss. Only builds that ended recently count, because builders report old builds
 * again when Cachewarden starts to follow them.
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
        Counter.builder("cachewarden.builds")
                .description("Builds that ended, by state.")
                .tags("host", host, "state", build.state().name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
        if (build.state() != BuildState.DONE) {
            return;
        }
        var rate = build.hitRate();
        lookups(host, "hit").increment(rate.hits());
        lookups(host, "miss").increment(rate.lookups() - rate.hits());
        if (build.duration() != null) {
            Timer.builder("cachewarden.build.duration")
                    .description("Duration of successful builds.")
                    .tag("host", host)
                    .register(meters)
                    .record(build.duration());
        }
    }

    private Counter lookups(String host, String result) {
        return Counter.builder("cachewarden.build.lookups")
                .description("Cache lookups by the steps of successful builds, by result.")
                .tags("host", host, "result", result)
                .register(meters);
    }

    private String host(@Nullable BuilderId builder) {
        return builder == null
                ? "none"
                : hosts.ofBuilder(builder).map(host -> host.name()).orElse("none");
    }
}
