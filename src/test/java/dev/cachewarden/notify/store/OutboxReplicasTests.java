package dev.cachewarden.notify.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.channel.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several replicas, or a killed one, lose and double no notification. */
class OutboxReplicasTests extends OutboxStage {

    @Test
    void killedReplicaLosesAndDoublesNothing() {
        channel("ops");
        send(firing("a"), firing("b"));
        clock.pass(Duration.ofSeconds(10));

        var killed = deliver().orElseThrow();
        assertThat(deliver())
                .as("a second replica does not use the claimed channel")
                .isEmpty();
        clock.pass(Deliveries.OWNED);

        var taken = deliver().orElseThrow();
        assertThat(taken.messages()).as("the same message with the same ID").isEqualTo(killed.messages());
        finish(taken, new Outcome.Sent());
        finish(killed, new Outcome.Sent());
        assertThat(runNow(new Outcome.Sent())).containsExactly("ops FIRING b");
        assertThat(states()).isEqualTo(Map.of("SENT", 2L));
    }

    @Test
    void digestOfAKilledReplicaIsSentAgainWithTheSameId() {
        channel("ops");
        send(IntStream.range(0, 20).mapToObj(i -> firing("x" + i)).toArray(Notification[]::new));
        clock.pass(Duration.ofSeconds(10));
        var killed = deliver().orElseThrow();
        send(firing("later"));
        clock.pass(Deliveries.OWNED);

        var taken = deliver().orElseThrow();
        assertThat(taken.messages().getFirst().id())
                .isEqualTo(killed.messages().getFirst().id());
        assertThat(taken.ids()).isEqualTo(killed.ids());
        finish(taken, new Outcome.Sent());
        assertThat(run(new Outcome.Sent())).containsExactly("ops FIRING later");
    }

    @Test
    void twoReplicasSendEachNotificationOnce() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            channel("c" + i);
        }
        for (int i = 0; i < 25; i++) {
            send(firing("a" + i));
            clock.pass(Duration.ofSeconds(10));
        }
        var received = new ConcurrentLinkedQueue<UUID>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int empty = 0; empty < 20; ) {
                    var claim = deliver();
                    claim.ifPresent(found -> {
                        received.addAll(found.ids());
                        finish(found, new Outcome.Sent());
                    });
                    empty = claim.isPresent() ? 0 : empty + 1;
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(received).hasSize(100);
        assertThat(states()).isEqualTo(Map.of("SENT", 100L));
    }
}
