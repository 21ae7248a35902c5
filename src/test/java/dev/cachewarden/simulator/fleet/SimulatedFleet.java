package dev.cachewarden.simulator.fleet;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Simulated engines of mixed generations with the caches of a month of builds. The same seed and size give the same engines and
 * records, but for times, which end at the clock's present.
 */
public final class SimulatedFleet implements AutoCloseable {

    private static final Duration HISTORY = Duration.ofDays(30);

    /** Pause between two builds on a host, on average. */
    private static final Duration PAUSE = Duration.ofMinutes(20);

    private static final List<EngineGeneration> GENERATIONS = List.of(
            EngineGeneration.ENGINE_28_5,
            EngineGeneration.ENGINE_29_7,
            EngineGeneration.ENGINE_26_1,
            EngineGeneration.ENGINE_20_10);
    private static final List<String> NAMES =
            List.of("ci-runner", "build-eu", "build-us", "gpu-trainer", "dev-box", "release");

    private final EngineNetwork network = new EngineNetwork();
    private final List<SimulatedMember> members = new ArrayList<>();
    private final FleetClock clock;
    private final Random random;

    private SimulatedFleet(int engines, long seed, InstantSource present) {
        this.clock = new FleetClock(present);
        this.random = new Random(seed);
        for (int i = 0; i < engines; i++) {
            members.add(member(i, seed));
        }
    }

    /**
     * Starts a fleet, each engine on a loopback port of its own.
     *
     * @param records about how many each has; every engine's cache ends a little above it
     */
    public static SimulatedFleet start(int engines, int records, long seed, InstantSource clock) {
        var fleet = new SimulatedFleet(engines, seed, clock);
        fleet.liveThroughHistory(records);
        return fleet;
    }

    public List<SimulatedMember> members() {
        return List.copyOf(members);
    }

    /** Where they listen, in the order of members. */
    public List<HostAddress> addresses() {
        return members.stream().map(member -> member.engine().address()).toList();
    }

    /** Runs the builds of some time on every host, all now; then engines that collect garbage do so. */
    public void tick(Duration time) {
        for (var member : members) {
            // So many in the mean, and seldom the same number on two hosts.
            double builds = 2 * random.nextDouble() * time.toMillis() / PAUSE.toMillis();
            int whole = (int) builds + (random.nextDouble() < builds % 1 ? 1 : 0);
            for (int i = 0; i < whole; i++) {
                member.build();
            }
            if (whole > 0) {
                member.collectGarbage();
            }
        }
    }

    @Override
    public void close() {
        members.forEach(member -> member.engine().close());
        network.close();
    }

    private SimulatedMember member(int place, long seed) {
        var generation = GENERATIONS.get(place % GENERATIONS.size());
        String kind = NAMES.get(place % NAMES.size());
        long own = seed * 1_000_003 + place;
        var engine = SimulatedEngine.onTcp(network, generation, own, clock);
        String name = "%s-%02d".formatted(kind, place / NAMES.size() + 1);
        String environment = kind.startsWith("dev") ? "dev" : kind.startsWith("release") ? "prod" : "ci";
        return new SimulatedMember(name, Map.of("env", environment, "role", kind), engine, own);
    }

    private void liveThroughHistory(int records) {
        var end = clock.instant();
        for (var member : members) {
            member.addRarities();
            liveThroughHistory(member, records, end);
            member.settle();
        }
        clock.returnToPresent();
    }

    /** Builds until there is enough, each time closer to the present by a share of what is left, so that recent days are busy. */
    private void liveThroughHistory(SimulatedMember member, int records, Instant end) {
        var cache = member.engine().cache();
        var at = end.minus(HISTORY);
        while (cache.size() < records) {
            clock.goBackTo(at);
            member.build();
            double share = (double) Math.max(1, records - cache.size()) / Math.max(1, records);
            at = end.minus(HISTORY.toSeconds() * Math.round(share * 1000) / 1000, ChronoUnit.SECONDS)
                    .minusSeconds(random.nextInt(600))
                    .plusNanos(random.nextInt(1_000_000_000));
        }
    }
}
