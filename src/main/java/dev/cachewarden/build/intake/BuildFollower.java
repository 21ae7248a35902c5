package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.repeat.RepeatedStep;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.repeat.Repetition;
import dev.cachewarden.store.StoreProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * The follower of the builds of all known engines. It follows each engine on a separate thread and through one host. Several replicas can
 * do so, because each build is stored only once.
 */
@Component
class BuildFollower extends RepeatedStep {

    private static final Duration CHECK_EVERY = Duration.ofSeconds(3);
    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

    /** The maximum number of running builds whose steps are followed. Each takes a few megabytes at most. */
    private static final int MOST_LIVE = 64;

    /** The maximum number of builders that report their history at the same time. Each history stays in memory until it is stored. */
    private static final int MOST_OPENING = 32;

    private static final Logger LOG = LoggerFactory.getLogger(BuildFollower.class);

    private final Repeater repeater;
    private final HostRegistry hosts;
    private final BuildHistory history;
    private final BuildIntake intake;
    private final StoredBuilds builds;
    private final BuildSettings settings;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_LIVE);
    private final Semaphore openings = new Semaphore(MOST_OPENING);
    private final Map<Key, Following> followed = new ConcurrentHashMap<>();

    /** Builders whose builds could not be followed on the last attempt. */
    private final Set<BuilderId> failing = ConcurrentHashMap.newKeySet();

    private Instant cleanedUpAt = Instant.MIN;

    /** The properties that identify a followed engine. If one of them changes, following starts again. */
    private record Key(HostConnection connection, BuilderId builder, HostCapabilities.ControlAccess control) {
        static Key of(Followed one) {
            return new Key(
                    one.host().connection(), one.builder(), one.capabilities().control());
        }
    }

    /** An engine that is followed. */
    private record Following(Repetition repetition, LiveSteps live) {

        void stop() {
            repetition.stopNow();
            live.close();
        }
    }

    BuildFollower(
            HostRegistry hosts,
            BuildHistory history,
            BuildIntake intake,
            StoredBuilds builds,
            BuildSettings settings,
            InstantSource clock,
            Repeater repeater) {
        super(repeater, "Looking for hosts to follow", CHECK_EVERY, CHECK_EVERY);
        this.repeater = repeater;
        this.hosts = hosts;
        this.history = history;
        this.intake = intake;
        this.builds = builds;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    protected boolean enabled() {
        return settings.following();
    }

    @Override
    protected void step() {
        updateFollowed();
        cleanUp();
    }

    /**
     * Starts to follow new engines, stops to follow removed ones, and switches to another host of an engine if the current one is
     * unreachable.
     */
    private void updateFollowed() {
        var wanted = new HashSet<Key>();
        for (var one : Followed.of(hosts.all(), builds::anyFromHistory)) {
            var key = Key.of(one);
            wanted.add(key);
            followed.computeIfAbsent(key, unknown -> follow(one));
        }
        followed.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().stop();
            }
            return gone;
        });
    }

    private Following follow(Followed one) {
        var source = new HistorySource(one.host().connection(), one.capabilities(), one.builder());
        var live = new LiveSteps(history, intake, source, places);
        var follower = new HostFollower(history, intake, builds, clock, source, live);
        return new Following(
                repeater.repeat(
                        "Following the builds of " + one.host().name(),
                        Duration.ZERO,
                        HostFollower.AGAIN_AFTER_FAILURE,
                        // A search that was running during the stop may have begun this.
                        () -> isRunning() ? once(follower, one) : HostFollower.AGAIN_AFTER_FAILURE),
                live);
    }

    /**
     * Follows an engine once. A failure of one builder does not affect the others.
     *
     * @return the pause before the next time
     */
    Duration once(HostFollower follower, Followed one) {
        var pause = new AtomicReference<>(HostFollower.AGAIN_AFTER_FAILURE);
        Guard.run(
                () -> {
                    try (var opening = Opening.of(openings)) {
                        pause.set(follower.listen(spread(HostFollower.LISTEN), () -> {
                            opening.close();
                            if (failing.remove(one.builder())) {
                                LOG.info(
                                        "Following the builds of {} again",
                                        one.host().name());
                            }
                        }));
                    }
                },
                failure -> logFailure(one, failure));
        return pause.get();
    }

    /**
     * Logs a failure once until the builder is followed again. Failures during an outage of the database are not logged here, because they
     * affect every builder, and the search for hosts logs them.
     */
    private void logFailure(Followed one, Exception failure) {
        String host = one.host().name();
        boolean away = StoreProblem.of(failure)
                .filter(problem -> problem == StoreProblem.AWAY || problem == StoreProblem.BUSY)
                .isPresent();
        boolean stopping = !isRunning() || Thread.currentThread().isInterrupted();
        if (away || stopping || isRemoved(one.builder(), failure) || !failing.add(one.builder())) {
            LOG.debug("Following the builds of {} failed", host, failure);
        } else {
            LOG.warn("Following the builds of {} failed; will retry", host, failure);
        }
    }

    /** Returns whether a build could not be stored because its host was removed at the same time. */
    private boolean isRemoved(BuilderId builder, Exception failure) {
        return failure instanceof DataIntegrityViolationException
                && hosts.ofBuilder(builder).isEmpty();
    }

    /** Returns a random duration that differs by up to 25%, so that followers that started together do not stay synchronized. */
    private static Duration spread(Duration time) {
        return time.multipliedBy(ThreadLocalRandom.current().nextLong(75, 126)).dividedBy(100);
    }

    private void cleanUp() {
        var now = clock.instant();
        if (cleanedUpAt.equals(Instant.MIN) || now.isAfter(cleanedUpAt.plus(CLEAN_UP_EVERY))) {
            cleanedUpAt = now;
            builds.deleteOlderThan(now.minus(settings.keep()));
        }
    }

    @Override
    protected void release() {
        followed.values().forEach(Following::stop);
        followed.clear();
    }
}
