package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.store.StoredBuilds.ComparisonFailedException;
import dev.cachewarden.repeat.RepeatedStep;
import dev.cachewarden.repeat.Repeater;
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
 * A background task that compares builds one after another, latest first: builds that were not compared when they arrived, and builds whose
 * steps were classified again. The pending comparisons are stored with the builds. Therefore several replicas share them, and a replica
 * that stops loses none. A build that cannot be compared does not block others: it is tried again later, and is skipped after the last
 * attempt.
 */
@Component
class BackgroundComparer extends RepeatedStep {

    static final int MOST_TRIES = 3;

    /** The delay before the next attempt. The cause of a failure can be temporary, such as a short outage of the database. */
    static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(5);

    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);
    private static final Duration AGAIN_AFTER_FAILURE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundComparer.class);

    private final BuildComparer comparer;
    private final InstantSource clock;
    private final Map<BuildId, Failed> failed = new HashMap<>();

    private record Failed(int times, Instant at) {}

    BackgroundComparer(BuildComparer comparer, InstantSource clock, Repeater repeater) {
        super(repeater, "Comparing builds in the background", CHECK_EVERY, AGAIN_AFTER_FAILURE);
        this.comparer = comparer;
        this.clock = clock;
    }

    /** Compares all builds with a pending comparison. */
    @Override
    protected void step() {
        int compared = 0;
        try {
            for (boolean more = true; more && !Thread.currentThread().isInterrupted(); ) {
                try {
                    var build = comparer.compareNextPending(failedJustNow());
                    build.ifPresent(failed::remove);
                    more = build.isPresent();
                    compared += more ? 1 : 0;
                } catch (ComparisonFailedException e) {
                    recordFailure(e);
                }
            }
        } finally {
            if (compared > 0) {
                LOG.info("Compared {} builds in the background", compared);
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

    private void recordFailure(ComparisonFailedException failure) {
        var id = failure.build().id();
        int times = failed.getOrDefault(id, new Failed(0, Instant.MIN)).times() + 1;
        if (times < MOST_TRIES) {
            failed.put(id, new Failed(times, clock.instant()));
            LOG.debug("{}; will retry", failure.getMessage(), failure.getCause());
        } else {
            comparer.giveUp(id);
            failed.remove(id);
            LOG.warn(
                    "{} after {} attempts; keeping the previous result",
                    failure.getMessage(),
                    times,
                    Objects.requireNonNull(failure.getCause()));
        }
    }
}
