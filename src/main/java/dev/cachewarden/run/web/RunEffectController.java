package dev.cachewarden.run.web;

import dev.cachewarden.analytics.PruneEffect;
import dev.cachewarden.analytics.PruneEffects;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the effect of a run on builds. */
@RestController
class RunEffectController {

    private final Runs runs;
    private final PruneEffects effects;

    RunEffectController(Runs runs, PruneEffects effects) {
        this.runs = runs;
        this.effects = effects;
    }

    /**
     * Builds before or after a run.
     *
     * @param hitRate from 0 to 1, or null if there was no cache lookup
     */
    record SideResponse(
            int builds,
            int hits,
            int lookups,
            @Nullable Double hitRate,
            @Nullable Duration p50) {
        static SideResponse of(PruneEffect.Side side) {
            var rate = side.hitRate();
            return new SideResponse(
                    side.builds(),
                    rate.hits(),
                    rate.lookups(),
                    rate.lookups() == 0 ? null : (double) rate.hits() / rate.lookups(),
                    side.p50());
        }
    }

    /**
     * A build whose first cache miss was for a record that the run deleted.
     *
     * @param cost rebuild time of the record
     */
    record MissedBuildResponse(long buildId, String project, Instant startedAt, String text, Duration cost) {}

    /**
     * A comparison of the builds within 24 hours before the run and within 24 hours after it.
     *
     * @param unknown why no comparison is possible, or not yet; null if it is possible
     * @param after null until the 24 hours are over
     * @param missedBuildCount the number of builds until now whose first cache miss was for a record that the run deleted
     * @param wastedTime the total rebuild time of these records
     * @param missedBuilds the latest of these builds
     */
    record EffectResponse(
            @Nullable String unknown,
            SideResponse before,
            @Nullable SideResponse after,
            int missedBuildCount,
            Duration wastedTime,
            List<MissedBuildResponse> missedBuilds) {
        static EffectResponse of(PruneEffect effect) {
            var missedBuilds = effect.missedBuilds();
            return new EffectResponse(
                    effect.unknown(),
                    SideResponse.of(effect.before()),
                    effect.after() == null ? null : SideResponse.of(effect.after()),
                    missedBuilds.builds(),
                    missedBuilds.cost(),
                    missedBuilds.latest().stream()
                            .map(one -> new MissedBuildResponse(
                                    one.build().value(), one.project(), one.startedAt(), one.text(), one.cost()))
                            .toList());
        }
    }

    /** Returns the effect of a run that has begun and ended. */
    @GetMapping("/api/v1/runs/{id}/effect")
    EffectResponse getRunEffect(@PathVariable long id) {
        var run = runs.find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
        if (run.course().startedAt() == null || run.course().endedAt() == null) {
            throw new ConflictException(
                    "Run " + id + " has not ended or has deleted nothing, so it has no measurable effect yet.");
        }
        return EffectResponse.of(effects.of(
                run.id(),
                run.target().builder(),
                run.target().engineId(),
                run.course().startedAt(),
                run.course().endedAt()));
    }
}
