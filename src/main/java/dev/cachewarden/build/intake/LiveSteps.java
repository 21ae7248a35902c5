package dev.cachewarden.build.intake;

import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.repeat.Guard;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A follower of the steps of a builder's running builds. When a build has ended, Cachewarden reads its steps again. */
final class LiveSteps implements AutoCloseable {

    static final Duration EVERY = Duration.ofSeconds(2);

    /** The maximum time to follow one build. It is longer than any build, so it only ends streams that hang. */
    static final Duration LONGEST = Duration.ofHours(12);

    /**
     * The limits for a running build. They are lower than those of a finished build, because this data is temporary, and many builds can
     * run.
     */
    private static final ProgressLimits LIMITS =
            new ProgressLimits(2_000, 200, 100, 100, 8_192, 4L << 20, 8 << 10, 512 << 10);

    private static final Logger LOG = LoggerFactory.getLogger(LiveSteps.class);

    private final BuildHistory history;
    private final BuildIntake intake;
    private final HistorySource source;
    private final Semaphore places;
    private final Map<String, Thread> followed = new ConcurrentHashMap<>();

    /**
     * Creates the follower.
     *
     * @param places maximum number of followed builds over all builders; other builds are shown without steps until they end
     */
    LiveSteps(BuildHistory history, BuildIntake intake, HistorySource source, Semaphore places) {
        this.history = history;
        this.intake = intake;
        this.source = source;
        this.places = places;
    }

    /** Follows a build on a separate thread, unless it is already followed. */
    void begin(BuildHistoryRecord build) {
        var thread = Thread.ofVirtual().name("steps-of-" + build.ref()).unstarted(() -> follow(build));
        if (followed.putIfAbsent(build.ref(), thread) == null) {
            thread.start();
        }
    }

    /** Follows a build to its end. */
    void follow(BuildHistoryRecord build) {
        boolean place = places.tryAcquire();
        try {
            if (place) {
                Guard.run(() -> read(build), failure -> logFailure(build, failure));
            }
        } finally {
            followed.remove(build.ref());
            if (place) {
                places.release();
            }
        }
    }

    private void read(BuildHistoryRecord build) {
        history.follow(
                source.host(),
                source.capabilities(),
                build.ref(),
                LIMITS,
                new BuildHistory.Pace(EVERY, LONGEST),
                soFar -> intake.storeProgress(source.builder(), build, soFar));
    }

    private static void logFailure(BuildHistoryRecord build, Exception failure) {
        if (failure instanceof EngineRefusedException || failure instanceof EngineUnreachableException) {
            LOG.debug("Cannot follow the steps of {}", build.ref(), failure);
        } else {
            LOG.warn("Following the steps of {} failed; they will be read when it ends", build.ref(), failure);
        }
    }

    @Override
    public void close() {
        followed.values().forEach(Thread::interrupt);
    }
}
