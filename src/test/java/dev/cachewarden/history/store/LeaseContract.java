package dev.cachewarden.history.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One replica at a time. */
abstract class LeaseContract extends StoreContract {

    private static final Duration LENGTH = Duration.ofSeconds(15);

    @Test
    void leaseIsOnesUntilItEndsOrIsGivenUp() {
        assertThat(leases.take("poll", "me", NOON, LENGTH)).isTrue();
        assertThat(leases.take("poll", "me", NOON.plusSeconds(10), LENGTH))
                .as("renewed")
                .isTrue();
        assertThat(leases.take("poll", "you", NOON.plusSeconds(24), LENGTH)).isFalse();
        assertThat(leases.take("plan", "you", NOON, LENGTH)).as("another job").isTrue();

        assertThat(leases.take("poll", "you", NOON.plusSeconds(25), LENGTH)).isTrue();
        assertThat(leases.take("poll", "me", NOON.plusSeconds(26), LENGTH)).isFalse();

        leases.release("poll", "me");
        assertThat(leases.take("poll", "me", NOON.plusSeconds(27), LENGTH)).isFalse();
        leases.release("poll", "you");
        assertThat(leases.take("poll", "me", NOON.plusSeconds(28), LENGTH)).isTrue();
    }

    @Test
    void ofManyWhoAskAtOnceOneGetsIt() throws Exception {
        var askers = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 30; i++) {
            String holder = "replica-" + i;
            askers.add(() -> leases.take("poll", holder, NOON, LENGTH));
        }
        int holders = 0;
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (var answer : threads.invokeAll(askers)) {
                holders += answer.get() ? 1 : 0;
            }
        }
        assertThat(holders).isEqualTo(1);
    }
}
