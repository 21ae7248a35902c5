package dev.cachewarden.history.poll;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.history.HostReading;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.Reachability;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Polls that find another engine at the address of a host. */
class EngineIdentityTests extends PollingStage {

    @Test
    void hostsThatClaimOneEngineButDifferAreStoppedUntilAPersonDecides() {
        addHost("two");
        var two = new HostId(2);
        reader.has("two", aRecord("xxx").build());
        sampling.sampleNow(ONE);
        clock.forward(Duration.ofMinutes(1));
        sampling.sampleNow(two);
        stored.sameEngine.addAll(List.of(ONE, two));
        for (var host : List.of(ONE, two, ONE, two)) {
            clock.forward(Duration.ofMinutes(1));
            sampling.sampleNow(host);
        }

        for (var host : List.of(ONE, two)) {
            assertThat(sampling.sampleNow(host))
                    .isInstanceOfSatisfying(
                            HostReading.Unreachable.class,
                            unreachable -> assertThat(unreachable.problem())
                                    .satisfies(problem ->
                                            assertThat(problem.cause()).isEqualTo(HostProblem.Cause.ENGINE_CONFLICT))
                                    .satisfies(problem -> assertThat(problem.message())
                                            .contains("report the same engine ID ENGINE-")
                                            .contains("Cachewarden does not prune them")));
            assertThat(reachability(host)).isInstanceOf(Reachability.Unreachable.class);
        }

        stored.confirmSame(ONE, "ann");
        stored.sameEngine.clear();
        clock.forward(Duration.ofMinutes(1));
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(reachability(ONE)).isInstanceOf(Reachability.Reachable.class);
    }

    @Test
    void hostIsProbedAtStartThenEachTenMinutesAndWheneverItAnswersAgain() {
        prober.nothingAt("tcp://one:2375");
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Unreachable.class);
        prober.engineAt("tcp://one:2375", "ENGINE-one");

        int before = prober.probes();
        sampling.sampleNow(ONE);
        assertThat(prober.probes() - before).as("reachable again").isEqualTo(1);
        clock.forward(Duration.ofMinutes(10).minusMillis(1));
        sampling.sampleNow(ONE);
        assertThat(prober.probes() - before).as("recently probed").isEqualTo(1);
        clock.forward(Duration.ofMillis(1));
        sampling.sampleNow(ONE);
        assertThat(prober.probes() - before).as("ten minutes are over").isEqualTo(2);
    }

    @Test
    void differentEngineBecomesAHostProblemAndIsNotStored() {
        sampling.sampleNow(ONE);
        prober.engineAt("tcp://one:2375", "ENGINE-other");
        clock.forward(Duration.ofMinutes(11));

        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.DIFFERENT_ENGINE,
                        "Engine ENGINE-other responds at tcp://one:2375 instead of ENGINE-one. If the engine was"
                                + " reinstalled, remove the host and add it again")));
        assertThat(history.latest(new BuilderId(1)))
                .hasValueSatisfying(sample -> assertThat(sample.takenAt()).isEqualTo(NOON));
    }

    @Test
    void anotherEngineIsNoticedByItsCacheBetweenProbes() {
        sampling.sampleNow(ONE);
        prober.engineAt("tcp://one:2375", "ENGINE-other");
        reader.has("one", aRecord("zzz").build());
        clock.forward(Duration.ofMinutes(1));

        assertThat(sampling.sampleNow(ONE))
                .isInstanceOfSatisfying(
                        HostReading.Unreachable.class,
                        reading -> assertThat(reading.problem().cause()).isEqualTo(HostProblem.Cause.DIFFERENT_ENGINE));
        assertThat(history.record(new BuilderId(1), "zzz")).isEmpty();
    }

    @Test
    void cacheThatWasEmptiedIsStoredOnceTheEngineIsCertain() {
        sampling.sampleNow(ONE);
        reader.has("one");
        clock.forward(Duration.ofMinutes(1));

        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(history.snapshot(new BuilderId(1)))
                .hasValueSatisfying(stored -> assertThat(stored.records()).isEmpty());
    }
}
