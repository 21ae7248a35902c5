package dev.cachewarden.history.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final HostId ID = new HostId(1);

    @ParameterizedTest(name = "interval {0} s, random {1}: due after {2} ms")
    @CsvSource({"60, 0.0, 54000", "60, 0.5, 60000", "60, 0.75, 63000", "5, 0.0, 4500", "86400, 0.5, 86400000"})
    void nextTurnIsTheIntervalGiveOrTakeATenth(int interval, double random, long millis) {
        var schedule = new PollSchedule(() -> random);
        var hosts = List.of(host(interval, true));
        assertThat(schedule.start(hosts, NOON)).as("never read").isEqualTo(hosts);
        schedule.ended(ID);

        assertThat(schedule.start(hosts, NOON.plusMillis(millis - 1))).isEmpty();
        assertThat(schedule.start(hosts, NOON.plusMillis(millis))).isEqualTo(hosts);
    }

    @Test
    void hostThatIsBeingReadIsNotDue() {
        var schedule = new PollSchedule(() -> 0.5);
        var hosts = List.of(host(5, true));
        schedule.start(hosts, NOON);

        assertThat(schedule.start(hosts, NOON.plusSeconds(3_600))).isEmpty();
        schedule.ended(ID);
        assertThat(schedule.start(hosts, NOON.plusSeconds(3_600))).isEqualTo(hosts);
    }

    @Test
    void hostThatIsSwitchedOffIsNotDue() {
        assertThat(new PollSchedule(() -> 0.5).start(List.of(host(5, false)), NOON))
                .isEmpty();
    }

    @Test
    void shorterIntervalCountsAtOnce() {
        var schedule = new PollSchedule(() -> 0.5);
        schedule.start(List.of(host(3_600, true)), NOON);
        schedule.ended(ID);

        assertThat(schedule.start(List.of(host(30, true)), NOON.plusSeconds(30)))
                .hasSize(1);
    }

    @Test
    void hostThatWasBroughtForwardIsDueAtOnceButNotTwiceAtATime() {
        var schedule = new PollSchedule(() -> 0.5);
        var hosts = List.of(host(3_600, true));
        schedule.start(hosts, NOON);

        schedule.bringForward(ID);
        assertThat(schedule.start(hosts, NOON.plusSeconds(1))).isEmpty();
        schedule.ended(ID);
        assertThat(schedule.start(hosts, NOON.plusSeconds(1))).isEqualTo(hosts);
    }

    @Test
    void hostThatWasRemovedAndComesBackIsNew() {
        var schedule = new PollSchedule(() -> 0.5);
        var hosts = List.of(host(3_600, true));
        schedule.start(hosts, NOON);
        schedule.ended(ID);
        schedule.start(List.of(), NOON.plusSeconds(1));

        assertThat(schedule.start(hosts, NOON.plusSeconds(2))).isEqualTo(hosts);
    }

    private static WatchedHost host(int intervalSeconds, boolean enabled) {
        var prober = new FakeProber();
        prober.engineAt("tcp://one:2375", "ENGINE-1");
        return new FakeHosts(prober)
                .register(new HostDraft(
                        HostFixtures.connection("one", "tcp://one:2375"),
                        Map.of(),
                        Duration.ofSeconds(intervalSeconds),
                        enabled));
    }
}
