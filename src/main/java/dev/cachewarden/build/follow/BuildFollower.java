package dev.cachewarden.build.follow;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.intake.BuildIntake;
import dev.cachewarden.build.repeat.RepeatedStep;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.store.StoreTrouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Follows the builds of all engines that are watched, each on a thread of its own and through one host. Several replicas may do so: each
 * build is stored once.
 */
@Component
class BuildFollower extends RepeatedStep {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

    /** Builds whose steps are followed while they run: a few megabytes each at most. */
    private static final int MOST_LIVE = 64;

    /** Builders that tell what they remember at a time: each holds what it told until it is stored. */
    private static final int MOST_OPENING = 32;

    private static final Logger LOG = LoggerFactory.getLogger(BuildFollower.class);

    private final HostRegistry hosts;
    private final BuildHistory history;
    private final BuildIntake intake;
    private final StoredBuilds builds;
    private final BuildSettings settings;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_LIVE);
    private final Semaphore openings = new Semaphore(MOST_OPENING);
    private final Map<Key, Thread> followed = new ConcurrentHashMap<>();

    /** Builders whose builds could not be followed when they were last asked. */
    private final Set<BuilderId> failing = ConcurrentHashMap.newKeySet();

    private Instant cleanedUpAt = Instant.MIN;

    /** What makes it another one to follow. */
    private record Key(HostConnection connection, BuilderId builder, HostCapabilities.ControlAccess control) {
        static Key of(Followed one) {
            return new Key(
                    one.host().connection(), one.builder(), one.capabilities().control());
        }
    }

    BuildFollower(
            HostRegistry hosts,
            BuildHistory history,
            BuildIntake intake,
            StoredBuilds builds,
            BuildSettings settings,
            InstantSource clock) {
        super("Looking for hosts to follow", LOOK_EVERY, LOOK_EVERY);
        this.hosts = hosts;
        this.history = history;
        this.intake = intake;
        this.builds = builds;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        if (settings.following()) {
            super.start();
        }
    }

    @Override
    protected void step() {
        look();
        cleanUp();
    }

    /** Begins to follow engines that are new, leaves those that are gone, and goes over to another host where the one that was asked is away. */
    private void look() {
        // One that ended by an error of Java's begins anew.
        followed.values().removeIf(thread -> !thread.isAlive());
        var wanted = new HashSet<Key>();
        for (var one : Followed.of(hosts.all(), builds::anyFromHistory)) {
            var key = Key.of(one);
            wanted.add(key);
            followed.computeIfAbsent(key, unknown -> follow(one));
        }
        followed.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().interrupt();
            }
            return gone;
        });
    }

    private Thread follow(Followed one) {
        var source = new HistorySource(one.host().connection(), one.capabilities(), one.builder());
        String name = one.host().name();
        return Thread.ofVirtual().name("builds-of-" + name).start(() -> {
            try (var live = new LiveSteps(history, intake, source, places)) {
                var follower = new HostFollower(history, intake, builds, clock, source, live);
                while (!Thread.currentThread().isInterrupted() && isRunning()) {
                    Thread.sleep(once(follower, one));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The one place that catches everything: whatever one builder tells, the others are followed. */
    Duration once(HostFollower follower, Followed one) throws InterruptedException {
        try (var opening = Opening.of(openings)) {
            return follower.listen(spread(HostFollower.LISTEN), () -> {
                opening.close();
                if (failing.remove(one.builder())) {
                    LOG.info("The builds of {} are followed again", one.host().name());
                }
            });
        } catch (RuntimeException e) {
            logFailure(one, e);
            return HostFollower.AGAIN_AFTER_FAILURE;
        }
    }

    /** Logs a failure once until the builder is followed again. While the database is away each fails, and the look for hosts logs that. */
    private void logFailure(Followed one, RuntimeException failure) {
        String host = one.host().name();
        boolean away = StoreTrouble.of(failure)
                .filter(trouble -> trouble == StoreTrouble.AWAY || trouble == StoreTrouble.BUSY)
                .isPresent();
        if (away || !isRunning() || isRemoved(one.builder(), failure) || !failing.add(one.builder())) {
            LOG.debug("Following the builds of {} failed", host, failure);
        } else {
            LOG.warn("Following the builds of {} failed; it is tried again", host, failure);
        }
    }

    /** Whether a host was removed while one of its builds was to be stored, which then belongs to nothing. */
    private boolean isRemoved(BuilderId builder, RuntimeException failure) {
        return failure instanceof DataIntegrityViolationException
                && hosts.ofBuilder(builder).isEmpty();
    }

    /** A quarter more or less, so that those that began together do not stay together. */
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
    public void stop() {
        super.stop();
        followed.values().forEach(Thread::interrupt);
        followed.clear();
    }
}
