package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.web.LoginThrottle.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginThrottleTests {

    private static final Client ADMIN = new Client("admin", "10.0.0.1", null);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    void fourFailuresCostNothing() {
        fail(4);

        assertThat(throttle.begin(ADMIN)).isZero();
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
        assertThat(throttle.begin(ADMIN)).isZero();
    }

    @Test
    void anotherNameOrAddressDoesNotWait() {
        fail(5);

        assertThat(throttle.begin(new Client("eve", "10.0.0.1", null))).isZero();
        assertThat(throttle.begin(new Client("admin", "10.0.0.2", null))).isZero();
        assertThat(throttle.begin(new Client(" ADMIN ", "10.0.0.1", null))).isPositive();
    }

    @Test
    void oneAccountIsNotGuessedFromManyAddresses() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.begin(new Client("admin", "10.1.0." + i, null))).isZero();
        }

        assertThat(throttle.begin(new Client("admin", "10.2.0.1", null))).isEqualTo(Duration.ofSeconds(10));
        assertThat(throttle.begin(new Client("eve", "10.2.0.1", null))).isZero();
    }

    @Test
    void oneAddressDoesNotTryManyNames() {
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.begin(new Client("name" + i, "10.0.0.1", null))).isZero();
        }

        assertThat(throttle.begin(new Client("name99", "10.0.0.1", null))).isEqualTo(Duration.ofSeconds(10));
        assertThat(throttle.begin(new Client("name99", "10.0.0.2", null))).isZero();
    }

    @Test
    void allTogetherAreSlowedDownInTheEnd() {
        for (int i = 0; i < 500; i++) {
            throttle.begin(new Client("name" + i, "10.0." + i / 40 + "." + i, null));
        }

        assertThat(throttle.begin(new Client("other", "10.9.9.9", null))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void allowsAnAttemptAfterTheAnnouncedWaitDespiteOthers() {
        for (int i = 0; i < 20; i++) {
            throttle.begin(new Client("admin", "10.1.0." + i, null));
        }
        var person = new Client("admin", "10.2.0.1", null);
        assertThat(throttle.begin(person)).isEqualTo(Duration.ofSeconds(10));

        pass(Duration.ofSeconds(10));
        assertThat(throttle.begin(new Client("admin", "10.3.0.1", null))).isZero();
        assertThat(throttle.begin(new Client("admin", "10.3.0.2", null))).isPositive();
        assertThat(throttle.begin(person)).isZero();
        assertThat(throttle.begin(person)).isPositive();
    }

    @Test
    void browserThatSignedInBeforeDoesNotWaitForOthers() {
        for (int i = 0; i < 40; i++) {
            throttle.begin(new Client("admin", "10.0.0.1", null));
            throttle.begin(new Client("admin", "10.1.0." + i, null));
        }
        var known = new Client("admin", "10.0.0.1", "device");

        for (int i = 0; i < 5; i++) {
            assertThat(throttle.begin(known)).isZero();
        }
        assertThat(throttle.begin(known)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void tryWhosePasswordWasNotCheckedDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.begin(ADMIN)).isZero();
            throttle.withdraw(ADMIN);
        }
    }

    @Test
    void signInDoesNotCountAgainstItsAddress() {
        for (int i = 0; i < 200; i++) {
            var client = new Client("name" + i, "10.0.0.1", null);
            assertThat(throttle.begin(client)).isZero();
            throttle.succeeded(client);
        }
    }

    @Test
    void successForgetsTheFailures() {
        fail(4);
        throttle.begin(ADMIN);
        throttle.succeeded(ADMIN);
        fail(4);

        assertThat(throttle.begin(ADMIN)).isZero();
    }

    @Test
    void failuresAreForgottenAfterAnHour() {
        fail(4);
        pass(Duration.ofMinutes(61));
        fail(1);

        assertThat(throttle.begin(ADMIN)).isZero();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.begin(ADMIN)).isZero();
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private Duration waitTime() {
        var wait = throttle.begin(ADMIN);
        if (wait.isZero()) {
            throw new AssertionError("It was a try");
        }
        return wait;
    }
}
