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
import java.util.HashSet;
import java.util.List;
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

    static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(HostFollower.class);

    private final BuildHistory history;
    private final BuildIntake intake;
    private final StoredBuilds builds;
    private final InstantSource clock;
    private final HistorySource source;
    private final LiveSteps live;
    private final Set<String> running = new HashSet<>();

    /** Builds that were taken: a builder tells of all that it remembers whenever it is asked. */
    private final Set<String> taken = new HashSet<>();

    private boolean asked;
    private boolean failing;

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
     * @param caughtUp called once what the builder remembers was taken, if the connection lasts until then
     * @return after which pause to listen again
     */
    Duration listen(Duration within, Runnable caughtUp) {
        var begun = clock.instant();
        running.clear();
        if (!asked || taken.size() > MOST_TAKEN) {
            taken.clear();
            taken.addAll(intake.known(source.builder()));
            asked = true;
        }
        try {
            history.listen(source.host(), source.capabilities(), within, event -> hear(event, begun, caughtUp));
            builds.lose(source.builder(), begun, List.copyOf(running));
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

    private void hear(BuildHistoryEvent event, Instant begun, Runnable caughtUp) {
        switch (event) {
            case BuildHistoryEvent.Started started -> {
                if (started.build().createdAt().isAfter(begun)) {
                    // What is remembered comes first. A builder that always has news is never quiet.
                    caughtUp.run();
                }
                running.add(started.build().ref());
                intake.running(source.builder(), started.build());
                live.begin(started.build());
            }
            case BuildHistoryEvent.Ended ended -> end(ended.build());
            case BuildHistoryEvent.Forgotten forgotten -> {
                running.remove(forgotten.ref());
                taken.remove(forgotten.ref());
            }
            case BuildHistoryEvent.CaughtUp none -> caughtUp.run();
        }
    }

    private void end(BuildHistoryRecord build) {
        running.remove(build.ref());
        if (taken.contains(build.ref())) {
            return;
        }
        if (intake.ended(source.builder(), build, () -> progress(build))) {
            LOG.debug("{} of {} was taken", build, source.host().name());
        }
        taken.add(build.ref());
    }

    /** Without vertices, and with the reason, where the builder cannot tell them. */
    private BuildProgress progress(BuildHistoryRecord build) {
        try {
            return history.progress(source.host(), source.capabilities(), build.ref(), BuildSettings.LIMITS);
        } catch (EngineRefusedException e) {
            return new BuildProgress(
                    List.of(), List.of(), List.of("The builder cannot tell the steps of it: " + e.getMessage()));
        }
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
