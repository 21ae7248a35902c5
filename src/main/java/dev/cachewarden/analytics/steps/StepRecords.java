package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A lookup of the records in the cache of a builder that hold the results of build steps. */
@Component
public class StepRecords {

    private final HostRegistry hosts;
    private final EngineReadings readings;

    StepRecords(HostRegistry hosts, EngineReadings readings) {
        this.hosts = hosts;
        this.readings = readings;
    }

    /**
     * The records of the steps of one build.
     *
     * @param readAt time of the latest snapshot, or null if there is none or the cache of the build is unknown
     * @param byStep records by the number of the step; steps without a known record are left out
     */
    public record Held(@Nullable Instant readAt, Map<Integer, HeldRecord> byStep) {

        static final Held NOTHING = new Held(null, Map.of());

        public Held {
            byStep = Map.copyOf(byStep);
        }

        /** Returns the record of a step, or null if unknown. */
        public @Nullable HeldRecord of(int step) {
            return byStep.get(step);
        }
    }

    /** Returns the records of the steps of a build. A running build has none, because no snapshot contains its results yet. */
    public Held of(BuildView build, List<BuildStep> steps) {
        var builder = build.builder();
        if (builder == null || !build.state().ended() || steps.isEmpty()) {
            return Held.NOTHING;
        }
        return readings.of(ofEngine(builder))
                .map(read -> new Held(
                        read.takenAt(),
                        HeldResults.of(build.startedAt(), build.endedAt(), steps, read.builder(), read.records())))
                .orElse(Held.NOTHING);
    }

    private Set<BuilderId> ofEngine(BuilderId builder) {
        return hosts.ofBuilder(builder).map(hosts::buildersOfEngine).orElse(Set.of(builder));
    }
}
