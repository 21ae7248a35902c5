package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginThrottleTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    void fourFailuresCostNothing() {
        fail(4);

        assertThat(waitTime()).isZero();
    }

    @Test
    void fromTheFifthFailureOnTheWaitDoublesUpToAQuarterOfAnHour() {
        fail(4);
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < 9; i++) {
            fail(1);
            waits.add(waitTime());
            pass(waitTime());
        }

        assertThat(waits.stream().map(Duration::toSeconds))
                .isEqualTo(List.of(10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L));
    }

    @Test
    void theWaitEnds() {
        fail(5);
        pass(Duration.ofSeconds(9));
        assertThat(waitTime()).isEqualTo(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(1));
        assertThat(waitTime()).isZero();
    }

    @Test
    void anotherNameOrAddressDoesNotWait() {
        fail(6);

        assertThat(throttle.waitTime("eve", "10.0.0.1")).isZero();
        assertThat(throttle.waitTime("admin", "10.0.0.2")).isZero();
        assertThat(throttle.waitTime(" ADMIN ", "10.0.0.1")).isPositive();
    }

    @Test
    void successForgetsTheFailures() {
        fail(4);
        throttle.succeeded("admin", "10.0.0.1");
        fail(4);

        assertThat(waitTime()).isZero();
    }

    @Test
    void failuresAreForgottenAfterAnHour() {
        fail(4);
        pass(Duration.ofMinutes(61));
        fail(1);

        assertThat(waitTime()).isZero();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed("admin", "10.0.0.1");
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private Duration waitTime() {
        return throttle.waitTime("admin", "10.0.0.1");
    }
}
