package dev.cachewarden.build.follow;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.intake.BuildIntake;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.progress.BuildProgress;
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

/** Follows the builds of one builder. What it hears twice it stores once. */
final class HostFollower {

    /**
     * A builder is asked anew so often, so that a connection that was cut without a word goes unnoticed for no longer. It then tells of
     * all that it remembers, of which nothing is new.
     */
    static final Duration LISTEN = Duration.ofMinutes(5);

    /** Builders that keep no history are asked again after this: they may have been upgraded. */
    static final Duration AGAIN_WITHOUT_HISTORY = Duration.ofMinutes(30);

    /** So many refs are kept; of one that is not the store is asked. */
    private static final int MOST_TAKEN = 5_000;

    /** So often a builder that answers fails to tell the steps of a build before it is stored without them. */
    static final int MOST_ASKED = 3;

    static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(HostFollower.class);

    private final BuildHistory history;
    private final BuildIntake intake;
    private final StoredBuilds builds;
    private final InstantSource clock;
    private final HistorySource source;
    private final LiveSteps live;

    /** Builds that are not lost though they are stored as running: the builder told that they run, or an end that could not be taken. */
    private final Set<String> running = new HashSet<>();

    /** Builds that were taken: a builder tells of all that it remembers whenever it is asked. */
    private final Set<String> taken = new HashSet<>();

    /** Builds that could not be taken when they were last told of, and how often so far. */
    private final Map<String, Integer> failed = new HashMap<>();

    /** Builds whose steps the builder did not tell, though it answers, and how often so far. */
    private final Map<String, Integer> untold = new HashMap<>();

    private Instant begun = Instant.MIN;
    private boolean asked;
    private boolean failing;

    /** Whether the connection before broke, or ended before all was told, so that builds may have gone unheard. */
    private boolean cut = true;

    private boolean anyTold;
    private boolean caughtUp;

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
     * @param within how long to listen, at most
     * @param tellCaughtUp called once what the builder remembers was taken, if the connection lasts until then
     * @return after which pause to listen again
     */
    Duration listen(Duration within, Runnable tellCaughtUp) {
        begun = clock.instant();
        anyTold = false;
        caughtUp = false;
        running.clear();
        if (!asked || taken.size() > MOST_TAKEN) {
            taken.clear();
            failed.clear();
            untold.clear();
            taken.addAll(intake.known(source.builder()));
            asked = true;
        }
        try {
            hearAll(within, tellCaughtUp);
            failing = false;
            return Duration.ZERO;
        } catch (EngineRefusedException e) {
            boolean none = e.status().equals("UNIMPLEMENTED");
            tell(none ? "keeps no build history" : "refused to tell of its builds: " + e.getMessage());
            return none ? AGAIN_WITHOUT_HISTORY : AGAIN_AFTER_FAILURE;
        } catch (EngineUnreachableException e) {
            tell("cannot be asked for its builds: " + e.getMessage());
            return AGAIN_AFTER_FAILURE;
        }
    }

    private void hearAll(Duration within, Runnable tellCaughtUp) {
        boolean whole = false;
        try {
            history.listen(source.host(), source.capabilities(), within, event -> hear(event, tellCaughtUp));
            whole = caughtUp;
        } finally {
            cut = !whole;
        }
        if (whole) {
            loseOthers();
        }
    }

    private void hear(BuildHistoryEvent event, Runnable tellCaughtUp) {
        switch (event) {
            case BuildHistoryEvent.Started started -> {
                if (started.build().createdAt().isAfter(begun)) {
                    // What is remembered comes first. A builder that always has news is never quiet.
                    caughtUp(tellCaughtUp);
                }
                anyTold = true;
                running.add(started.build().ref());
                take(started.build(), () -> intake.running(source.builder(), started.build()));
                live.begin(started.build());
            }
            case BuildHistoryEvent.Ended ended -> end(ended.build());
            case BuildHistoryEvent.Forgotten forgotten -> {
                running.remove(forgotten.ref());
                taken.remove(forgotten.ref());
                failed.remove(forgotten.ref());
                untold.remove(forgotten.ref());
            }
            case BuildHistoryEvent.CaughtUp none -> caughtUp(tellCaughtUp);
        }
    }

    private void caughtUp(Runnable tellCaughtUp) {
        if (caughtUp) {
            return;
        }
        caughtUp = true;
        if (cut && anyTold) {
            // A builder that was started anew in the midst of a build knows nothing of it any more. One that has told
            // nothing yet may be slow.
            loseOthers();
        }
        tellCaughtUp.run();
    }

    private void loseOthers() {
        builds.lose(source.builder(), begun, List.copyOf(running));
    }

    private void end(BuildHistoryRecord build) {
        anyTold = true;
        if (taken.contains(build.ref())
                || take(build, () -> intake.ended(source.builder(), build, () -> progress(build)))) {
            taken.add(build.ref());
            untold.remove(build.ref());
            running.remove(build.ref());
        } else {
            running.add(build.ref());
        }
    }

    /**
     * Takes what is told of a build. What fails breaks the connection off, to be asked for anew soon; if it is the same build again, that one is
     * passed over until then, and holds up no other.
     *
     * @return whether it was taken
     */
    private boolean take(BuildHistoryRecord build, Runnable intake) {
        try {
            intake.run();
            failed.remove(build.ref());
            return true;
        } catch (RuntimeException e) {
            int times = failed.merge(build.ref(), 1, Integer::sum);
            if (times == 1 || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            if (times == 2) {
                LOG.warn(
                        "{} of {} cannot be taken in and is passed over for now",
                        build,
                        source.host().name(),
                        e);
            } else {
                LOG.debug(
                        "{} of {} cannot be taken in, {} times",
                        build,
                        source.host().name(),
                        times,
                        e);
            }
            return false;
        }
    }

    /** Without vertices, and with the reason, where the builder cannot tell them, or did not in several times. */
    private BuildProgress progress(BuildHistoryRecord build) {
        try {
            return history.progress(source.host(), source.capabilities(), build.ref(), BuildSettings.LIMITS);
        } catch (EngineRefusedException e) {
            return withoutSteps(e);
        } catch (EngineUnreachableException e) {
            if (Thread.currentThread().isInterrupted() || untold.merge(build.ref(), 1, Integer::sum) <= MOST_ASKED) {
                throw e;
            }
            return withoutSteps(e);
        }
    }

    private static BuildProgress withoutSteps(RuntimeException why) {
        return new BuildProgress(
                List.of(), List.of(), List.of("The builder cannot tell the steps of it: " + why.getMessage()));
    }

    /** Once for each time that it begins to fail. */
    private void tell(String what) {
        if (failing) {
            LOG.debug("{} {}", source.host().name(), what);
        } else {
            LOG.info("{} {}", source.host().name(), what);
        }
        failing = true;
    }
}
