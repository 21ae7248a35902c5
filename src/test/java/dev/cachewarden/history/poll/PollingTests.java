package dev.cachewarden.history.poll;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.HostFixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Polls from a due host to the stored snapshot. */
class PollingTests extends PollingStage {

    @Test
    void sampleNowReadsAndStores() {
        var reading = sampling.sampleNow(ONE);

        assertThat(reading).isEqualTo(new HostReading.Read(new CacheSnapshot(new BuilderId(1), NOON, List.of(A, B))));
        assertThat(history.snapshot(new BuilderId(1)))
                .hasValueSatisfying(stored -> assertThat(stored.records()).containsExactlyInAnyOrder(A, B));
        assertThat(reachability(ONE)).isInstanceOf(Reachability.Reachable.class);
    }

    @Test
    void theDiskIsMeasuredWithEachReadingAndKeptWithTheHost() {
        sampling.sampleNow(ONE);
        assertThat(disks.recent(hosts.find(ONE).orElseThrow())).isEqualTo(prober.disk);
        assertThat(hosts.find(ONE).orElseThrow().disk()).isEqualTo(prober.disk);
        assertThat(prober.measured).hasSize(1);

        clock.forward(Duration.ofMinutes(1));
        sampling.sampleNow(ONE);
        disks.recent(hosts.find(ONE).orElseThrow());
        assertThat(prober.measured).hasSize(2);
    }

    @Test
    void theDiskOfAHostThatDoesNotAnswerIsNotMeasured() {
        prober.forgetAll();

        sampling.sampleNow(ONE);

        assertThat(prober.measured).isEmpty();
    }

    @Test
    void rejectsAnUnknownHost() {
        assertThatThrownBy(() -> sampling.sampleNow(new HostId(99)))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no host 99");
    }

    @Test
    void hostThatCannotBeReadIsAReadingToo() {
        sampling.sampleNow(ONE);
        var problem = new HostProblem(HostProblem.Cause.TIMEOUT, "one did not answer within 10 s");
        reader.does("one", () -> {
            throw new EngineUnreachableException(problem, null);
        });

        assertThat(sampling.sampleNow(ONE)).isEqualTo(new HostReading.Unreachable(problem));
        assertThat(reachability(ONE)).isEqualTo(new Reachability.Unreachable(HostFixtures.PROBED_AT, problem));
        assertThat(history.snapshot(new BuilderId(1)))
                .as("the last snapshot is kept")
                .isPresent();
    }

    @Test
    void readingThatWaitedForCachewardenIsNotHeldAgainstTheHost() {
        sampling.sampleNow(ONE);
        var before = reachability(ONE);
        int probes = prober.probes();
        reader.does("one", () -> {
            throw new EngineUnreachableException(
                    new HostProblem(HostProblem.Cause.DELAYED, "Cachewarden was too busy to read one"), null);
        });
        clock.forward(Duration.ofMinutes(2));

        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Unreachable.class);
        assertThat(reachability(ONE)).isEqualTo(before).isInstanceOf(Reachability.Reachable.class);
        assertThat(turns.since(ONE)).contains(NOON.plus(Duration.ofMinutes(2)));
        assertThat(meters.counter("cachewarden.readings.delayed").count()).isEqualTo(1);

        reader.has("one", A, B);
        clock.forward(Duration.ofMinutes(1));
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(turns.since(ONE)).isEmpty();
        assertThat(meters.counter("cachewarden.readings.delayed").count()).isEqualTo(1);
        assertThat(meters.timer("cachewarden.reading.wait").count()).isEqualTo(3);
        assertThat(prober.probes()).as("the host is not probed again").isEqualTo(probes);
    }

    @Test
    void refusedRequestBecomesAHostProblem() {
        reader.does("one", () -> {
            throw new EngineRefusedException("one", "GET /v1.51/system/df", "500", "disk on fire");
        });

        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.ENGINE_ERROR, "one refused GET /v1.51/system/df with 500: disk on fire")));
    }

    @Test
    void invalidCacheBecomesAHostProblemAndIsNotStored() {
        reader.has(
                "one",
                aRecord("aaa").bytes(Long.MAX_VALUE).build(),
                aRecord("bbb").bytes(Long.MAX_VALUE).build());
        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.BAD_ANSWER,
                        "one reported an invalid cache: The sizes add up to more than 64 PiB, which is larger"
                                + " than any disk")));

        reader.has("one", A, B, A);
        assertThat(sampling.sampleNow(ONE))
                .isEqualTo(new HostReading.Unreachable(new HostProblem(
                        HostProblem.Cause.BAD_ANSWER, "one reported an invalid cache: Record aaa is listed twice")));
        assertThat(history.latest()).isEmpty();
    }

    @Test
    void unstorableValuesBecomeAHostProblem() {
        sampling.sampleNow(ONE);
        context.jdbc().execute("alter table cache_record add constraint refuses check (description <> 'odd')");
        reader.has("one", A, aRecord("odd").described("odd").build());
        clock.forward(Duration.ofMinutes(1));

        var problem = new HostProblem(
                HostProblem.Cause.NOT_STORED,
                "one reported values that the database cannot store. The server log has the details");
        try {
            assertThat(sampling.sampleNow(ONE)).isEqualTo(new HostReading.Unreachable(problem));
        } finally {
            context.jdbc().execute("alter table cache_record drop constraint refuses");
        }
        assertThat(reachability(ONE)).isEqualTo(new Reachability.Unreachable(HostFixtures.PROBED_AT, problem));

        reader.has("one", A, B);
        clock.forward(Duration.ofMinutes(1));
        assertThat(sampling.sampleNow(ONE)).isInstanceOf(HostReading.Read.class);
        assertThat(reachability(ONE)).isInstanceOf(Reachability.Reachable.class);
    }
}
