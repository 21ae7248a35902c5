package dev.cachewarden;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.simulator.fleet.SimulatedFleet;
import dev.cachewarden.simulator.fleet.SimulatedMember;
import dev.cachewarden.simulator.state.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Twelve simulated engines, watched: builds go on all the time, one engine is down and one is slow. */
@TestConfiguration(proxyBeanMethods = false)
class DemoFleet {

    private static final int ENGINES = 12;
    private static final int RECORDS = 1_500;

    /** The same at every start, so that engines keep their ids and their hosts are found again. */
    private static final long SEED = 2026;

    private static final int DOWN = 7;
    private static final int SLOW = 4;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(15);

    @Bean
    SimulatedFleet simulatedFleet() {
        return SimulatedFleet.start(ENGINES, RECORDS, SEED, InstantSource.system());
    }

    @Bean
    Builds demoBuilds(SimulatedFleet fleet) {
        return new Builds(fleet);
    }

    @Bean
    ApplicationRunner watchFleet(HostRegistry registry, SimulatedFleet fleet, Builds builds) {
        return arguments -> {
            // A host is registered only if it answers, so faults come after.
            fleet.members().forEach(member -> watch(registry, member));
            fleet.members().get(DOWN).engine().inject(new Fault.Down());
            fleet.members().get(SLOW).engine().inject(new Fault.Slow(Duration.ofSeconds(3)));
            builds.proceed();
        };
    }

    /** Ports differ from start to start; engines do not. */
    private static void watch(HostRegistry registry, SimulatedMember member) {
        var draft = new HostDraft(member.connection(), member.labels(), POLL_INTERVAL, true);
        registry.all().stream()
                .filter(host -> host.name().equals(member.name()))
                .findFirst()
                .ifPresentOrElse(host -> registry.change(host.id(), draft), () -> registry.register(draft));
    }

    /** Has the fleet build all the time, faster than people would. The executor is no bean: Boot's own would stay away then. */
    static final class Builds implements AutoCloseable {

        /** So much building happens in each pause. */
        private static final Duration BUILDING = Duration.ofMinutes(15);

        private static final Duration PAUSE = Duration.ofSeconds(20);

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("demo-builds").daemon().factory());
        private final SimulatedFleet fleet;

        Builds(SimulatedFleet fleet) {
            this.fleet = fleet;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // It ends when the timer does.
        void proceed() {
            timer.scheduleAtFixedRate(
                    () -> fleet.tick(BUILDING), PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
