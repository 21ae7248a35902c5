package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.repeat.RepeatedStep;
import dev.cachewarden.build.store.StoredBuilds.NotJudgedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares builds that were not when they came in, and once more those whose steps were classed anew: the latest first, one after the other.
 * What is to be done stands with the builds, so that several replicas share it and none is lost with one of them. A build that cannot be
 * compared holds up no other: it is tried again later, and given up in the end.
 */
@Component
class LateJudging extends RepeatedStep {

    static final int MOST_TRIES = 3;

    /** What a build failed by may go by itself, such as a database that is away for a moment. */
    static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(5);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration AGAIN_AFTER_FAILURE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LateJudging.class);

    private final BuildJudge judge;
    private final InstantSource clock;
    private final Map<BuildId, Failed> failed = new HashMap<>();

    private record Failed(int times, Instant at) {}

    LateJudging(BuildJudge judge, InstantSource clock) {
        super("Comparing builds in the background", LOOK_EVERY, AGAIN_AFTER_FAILURE);
        this.judge = judge;
        this.clock = clock;
    }

    /** Compares all that are to be. */
    @Override
    protected void step() {
        int judged = 0;
        try {
            for (boolean more = true; more && !Thread.currentThread().isInterrupted(); ) {
                try {
                    var build = judge.judgeNext(failedJustNow());
                    build.ifPresent(failed::remove);
                    more = build.isPresent();
                    judged += more ? 1 : 0;
                } catch (NotJudgedException e) {
                    tellOf(e);
                }
            }
        } finally {
            if (judged > 0) {
                LOG.info("Compared {} builds in the background", judged);
            }
        }
    }

    private List<BuildId> failedJustNow() {
        var since = clock.instant().minus(TRIED_AGAIN_AFTER);
        return failed.entrySet().stream()
                .filter(entry -> entry.getValue().at().isAfter(since))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void tellOf(NotJudgedException failure) {
        var id = failure.build().id();
        int times = failed.getOrDefault(id, new Failed(0, Instant.MIN)).times() + 1;
        if (times < MOST_TRIES) {
            failed.put(id, new Failed(times, clock.instant()));
            LOG.debug("{}; it is tried again", failure.getMessage(), failure.getCause());
        } else {
            judge.giveUp(id);
            failed.remove(id);
            LOG.warn(
                    "{}, {} times; it stays as it was told before",
                    failure.getMessage(),
                    times,
                    Objects.requireNonNull(failure.getCause()));
        }
    }
}
