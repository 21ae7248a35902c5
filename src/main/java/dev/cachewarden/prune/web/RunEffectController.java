package dev.cachewarden.prune.web;

import dev.cachewarden.build.analytics.PruneEffect;
import dev.cachewarden.build.analytics.PruneEffects;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of builds after a run. */
@RestController
class RunEffectController {

    private final Runs runs;
    private final PruneEffects effects;

    RunEffectController(Runs runs, PruneEffects effects) {
        this.runs = runs;
        this.effects = effects;
    }

    /** @param hitRate from 0 to 1; null: nothing was looked up */
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

    /** A build that missed first for a record that the run deleted. */
    record RegretResponse(long buildId, String project, Instant startedAt, String text, Duration cost) {}

    /**
     * Builds of the 24 hours before the run and of those after it.
     *
     * @param unknown why nothing can be said yet, or at all; null: it can
     * @param after null as long as the 24 hours are not over
     * @param regrettedBy how many builds missed first for a record that it deleted, till now
     * @param regretCost what it took to make anew, in sum
     * @param regrets the latest of them
     */
    record EffectResponse(
            @Nullable String unknown,
            SideResponse before,
            @Nullable SideResponse after,
            int regrettedBy,
            Duration regretCost,
            List<RegretResponse> regrets) {
        static EffectResponse of(PruneEffect effect) {
            var regrets = effect.regrets();
            return new EffectResponse(
                    effect.unknown(),
                    SideResponse.of(effect.before()),
                    effect.after() == null ? null : SideResponse.of(effect.after()),
                    regrets.builds(),
                    regrets.cost(),
                    regrets.latest().stream()
                            .map(one -> new RegretResponse(
                                    one.build().value(), one.project(), one.startedAt(), one.text(), one.cost()))
                            .toList());
        }
    }

    /** Of a run that began and ended. */
    @GetMapping("/api/v1/runs/{id}/effect")
    EffectResponse effect(@PathVariable long id) {
        var run = runs.find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
        if (run.startedAt() == null || run.endedAt() == null) {
            throw new ConflictException(
                    "Run " + id + " has deleted nothing, or goes on: there is nothing that it had an effect on yet.");
        }
        return EffectResponse.of(effects.of(run.id(), run.builder(), run.engineId(), run.startedAt(), run.endedAt()));
    }
}
