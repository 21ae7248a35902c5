package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.repeat.Guard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A follower of the builds of one builder. A build that is reported twice is stored once. */
final class HostFollower {

    /**
     * The interval between reconnections. If a connection was cut silently, this is the longest time until Cachewarden notices. After each
     * reconnection the builder reports its whole history again, which contains nothing new.
     */
    static final Duration LISTEN = Duration.ofMinutes(5);

    /** The delay until a builder without a build history is queried again. It may have been upgraded. */
    static final Duration AGAIN_WITHOUT_HISTORY = Duration.ofMinutes(30);

    /** The maximum number of refs in memory. For other builds, the store is queried. */
    private static final int MOST_TAKEN = 5_000;

    /**
     * The maximum number of times that a reachable builder can fail to return the steps of a build. After that, the build is stored without
     * steps.
     */
    static final int MOST_ASKED = 3;

    static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(HostFollower.class);

    private final BuildHistory history;
    private final BuildIntake intake;
    private final StoredBuilds builds;
    private final InstantSource clock;
    private final HistorySource source;
    private final LiveSteps live;

    /** Builds that are stored as running and are not lost: the builder reported that they run, or their end could not be stored. */
    private final Set<String> running = new HashSet<>();

    /** Builds that are already stored. A builder reports its whole history on each connection. */
    private final Set<String> taken = new HashSet<>();

    /** Builds that could not be stored at the last report, with the number of failures. */
    private final Map<String, Integer> failed = new HashMap<>();

    /** Builds whose steps a reachable builder did not return, with the number of failures. */
    private final Map<String, Integer> unpublished = new HashMap<>();

    private Instant begun = Instant.MIN;
    private boolean asked;
    private boolean failing;

    /**
     * True if the previous connection broke, or ended before the builder had reported its history. In this case reports may have been
     * missed.
     */
    private boolean cut = true;

    private boolean anyPublished;
    private boolean initialHistoryRead;

    HostFollower(
            BuildHistory history,
            BuildIntake intake,
            StoredBuilds builds,
            InstantSource clock,
            HistorySource source,
            LiveSteps live) {
        this.history = history;
        this.intake = intake;
        this.builds = builds;
        this.clock = clock;
        this.source = source;
        this.live = live;
    }

    /**
     * Listens once, until the time is over or the connection breaks.
     *
     * @param within maximum time to listen
     * @param onInitialHistoryRead action that runs once the history of the builder is stored, if the connection lasts until then
     * @return pause before the next call
     */
    Duration listen(Duration within, Runnable onInitialHistoryRead) {
        begun = clock.instant();
        anyPublished = false;
        initialHistoryRead = false;
        running.clear();
        if (!asked || taken.size() > MOST_TAKEN) {
            taken.clear();
            failed.clear();
            unpublished.clear();
            taken.addAll(intake.known(source.builder()));
            asked = true;
        }
        try {
            listenToHistory(within, onInitialHistoryRead);
            failing = false;
            return Duration.ZERO;
        } catch (EngineRefusedException e) {
            boolean none = e.status().equals("UNIMPLEMENTED");
            logFailure(none ? "has no build history" : "refused to report its builds: " + e.getMessage());
            return none ? AGAIN_WITHOUT_HISTORY : AGAIN_AFTER_FAILURE;
        } catch (EngineUnreachableException e) {
            logFailure("cannot report its builds: " + e.getMessage());
            return AGAIN_AFTER_FAILURE;
        }
    }

    private void listenToHistory(Duration within, Runnable onInitialHistoryRead) {
        boolean whole = false;
        try {
            history.listen(source.host(), source.capabilities(), within, event -> handle(event, onInitialHistoryRead));
            whole = initialHistoryRead;
        } finally {
            cut = !whole;
        }
        if (whole) {
            markMissingBuildsLost();
        }
    }

    private void handle(BuildHistoryEvent event, Runnable onInitialHistoryRead) {
        switch (event) {
            case BuildHistoryEvent.Started started -> {
                if (started.build().createdAt().isAfter(begun)) {
                    // A builder reports its history first. A busy builder has no pause that would mark the end of the
                    // history.
                    reportInitialHistoryRead(onInitialHistoryRead);
                }
                anyPublished = true;
                running.add(started.build().ref());
                take(started.build(), () -> intake.running(source.builder(), started.build()));
                live.begin(started.build());
            }
            case BuildHistoryEvent.Ended ended -> end(ended.build());
            case BuildHistoryEvent.Forgotten forgotten -> {
                running.remove(forgotten.ref());
                taken.remove(forgotten.ref());
                failed.remove(forgotten.ref());
                unpublished.remove(forgotten.ref());
            }
            case BuildHistoryEvent.CaughtUp none -> reportInitialHistoryRead(onInitialHistoryRead);
        }
    }

    private void reportInitialHistoryRead(Runnable onInitialHistoryRead) {
        if (initialHistoryRead) {
            return;
        }
        initialHistoryRead = true;
        if (cut && anyPublished) {
            // A builder that restarted during a build no longer knows the build. A builder that has not reported
            // anything yet may be slow.
            markMissingBuildsLost();
        }
        onInitialHistoryRead.run();
    }

    private void markMissingBuildsLost() {
        builds.markLost(source.builder(), begun, List.copyOf(running));
    }

    private void end(BuildHistoryRecord build) {
        anyPublished = true;
        if (taken.contains(build.ref())
                || take(build, () -> intake.ended(source.builder(), build, () -> progress(build)))) {
            taken.add(build.ref());
            unpublished.remove(build.ref());
            running.remove(build.ref());
        } else {
            running.add(build.ref());
        }
    }

    /**
     * Stores a report about a build. The first failure breaks the connection, which is soon opened again. If the same build fails again, it
     * is skipped on that connection, and does not block other builds.
     *
     * @return whether the report was stored
     */
    private boolean take(BuildHistoryRecord build, Runnable intake) {
        boolean stored = Guard.run(intake::run, failure -> recordFailure(build, failure));
        if (stored) {
            failed.remove(build.ref());
        }
        return stored;
    }

    private void recordFailure(BuildHistoryRecord build, Exception failure) {
        int times = failed.merge(build.ref(), 1, Integer::sum);
        if (times == 1 || Thread.currentThread().isInterrupted()) {
            throw (RuntimeException) failure;
        }
        String host = source.host().name();
        if (times == 2) {
            LOG.warn("Cannot store {} from {}; will retry", build, host, failure);
        } else {
            LOG.debug("Cannot store {} from {} after {} attempts", build, host, times, failure);
        }
    }

    /**
     * Returns the progress of a build. It has no vertices but the reason, if the builder cannot return the steps or failed to do so several
     * times.
     */
    private BuildProgress progress(BuildHistoryRecord build) {
        try {
            return history.progress(source.host(), source.capabilities(), build.ref(), BuildSettings.LIMITS);
        } catch (EngineRefusedException e) {
            return withoutSteps(e);
        } catch (EngineUnreachableException e) {
            if (Thread.currentThread().isInterrupted()
                    || unpublished.merge(build.ref(), 1, Integer::sum) <= MOST_ASKED) {
                throw e;
            }
            return withoutSteps(e);
        }
    }

    private static BuildProgress withoutSteps(RuntimeException why) {
        return new BuildProgress(
                List.of(), List.of(), List.of("The builder cannot report the steps of the build: " + why.getMessage()));
    }

    /** Logs a failure at level INFO, and repeated failures at level DEBUG. */
    private void logFailure(String what) {
        if (failing) {
            LOG.debug("{} {}", source.host().name(), what);
        } else {
            LOG.info("{} {}", source.host().name(), what);
        }
        failing = true;
    }
}
