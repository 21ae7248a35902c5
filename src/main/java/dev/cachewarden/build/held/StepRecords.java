package dev.cachewarden.build.held;

import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells which records of a builder's cache hold what the steps of its builds made. */
@Component
public class StepRecords {

    private final HostRegistry hosts;
    private final EngineReadings readings;

    StepRecords(HostRegistry hosts, EngineReadings readings) {
        this.hosts = hosts;
        this.readings = readings;
    }

    /**
     * What is held of a build's steps.
     *
     * @param readAt when the cache was last read; null: it never was, or it is not known which cache it is
     * @param byStep by number of the step; what is not known is not in it
     */
    public record Held(@Nullable Instant readAt, Map<Integer, HeldRecord> byStep) {

        static final Held NOTHING = new Held(null, Map.of());

        public Held {
            byStep = Map.copyOf(byStep);
        }

        /** Null: not known. */
        public @Nullable HeldRecord of(int step) {
            return byStep.get(step);
        }
    }

    /** Of a build that runs nothing is told: what it makes is in no reading yet. */
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
