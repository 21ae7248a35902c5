package dev.cachewarden.engine.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Limits;
import dev.cachewarden.engine.buildkit.wire.PruneRequest;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class PruneCallTests {

    private final ControlClient client = client(Duration.ofMinutes(1));
    private FakeBuildkitd buildkitd;

    @BeforeEach
    void start() throws IOException {
        buildkitd = FakeBuildkitd.onPort();
    }

    @AfterEach
    void stop() {
        client.close();
        buildkitd.close();
    }

    @Test
    void sendsExactIdsAndNoLimit() {
        var reported = new ArrayList<PrunedRecord>();

        prune(List.of("abc", "de1"), reported::add);

        assertThat(buildkitd.prunes())
                .containsExactly(PruneRequest.newBuilder()
                        .addFilter("id==abc")
                        .addFilter("id==de1")
                        .setAll(true)
                        .build());
        assertThat(reported)
                .containsExactly(new PrunedRecord("abc", new ByteSize(1)), new PrunedRecord("de1", new ByteSize(1)));
    }

    @Test
    void neverAsksForNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(List.of(), it -> {}))
                .withMessage("A prune must name at least one record; nothing was sent");
        assertThat(buildkitd.prunes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc,type==regular", "abc def", ".*", "ABC", "abc\n"})
    void neverSendsWhatIsNoId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(List.of("abc", id), it -> {}))
                .withMessage("'" + id + "' is not a cache record ID; nothing was sent");
        assertThat(buildkitd.prunes()).isEmpty();
    }

    /** A builder sends with its lock held: no listener may stop the stream from being read to its end. */
    @Test
    void drainsTheStreamWhileTheListenerBlocks() throws InterruptedException {
        var sent = new CountDownLatch(1);
        int records = 20_000;
        buildkitd.onPrune((request, out) -> {
            var left = new int[] {records};
            out.setOnReadyHandler(() -> {
                while (out.isReady() && left[0]-- > 0) {
                    out.onNext(UsageRecord.newBuilder()
                            .setId("abc")
                            .setDescription("x".repeat(500))
                            .build());
                }
                if (left[0] < 0 && sent.getCount() > 0) {
                    sent.countDown();
                    out.onCompleted();
                }
            });
        });
        var reported = new ArrayList<PrunedRecord>();
        var drained = new AtomicReference<Boolean>();

        prune(List.of("abc"), record -> {
            if (reported.isEmpty()) {
                drained.set(await(sent));
            }
            reported.add(record);
        });

        assertThat(drained.get()).isTrue();
        assertThat(reported).hasSize(records);
    }

    @Test
    void builderThatFallsSilentIsGivenUp() throws InterruptedException {
        var cancelled = new CountDownLatch(1);
        buildkitd.onPrune((request, out) -> {
            out.setOnCancelHandler(cancelled::countDown);
            out.onNext(UsageRecord.newBuilder().setId("abc").build());
        });
        var reported = new ArrayList<PrunedRecord>();

        try (var impatient = client(Duration.ofSeconds(5))) {
            assertThatExceptionOfType(EngineUnreachableException.class)
                    .isThrownBy(() -> prune(impatient, List.of("abc", "de1"), reported::add))
                    .withMessage("bk-1 at " + buildkitd.connection().address().text()
                            + " did not respond to Control/Prune within 5 s. The engine may be overloaded");
        }

        assertThat(reported).hasSize(1);
        assertThat(await(cancelled)).isTrue();
    }

    @Test
    void reportsDeletedRecordsBeforeAFailure() {
        buildkitd.onPrune((request, out) -> {
            out.onNext(UsageRecord.newBuilder().setId("abc").build());
            out.onError(Status.UNKNOWN.withDescription("disk on fire").asRuntimeException());
        });
        var reported = new ArrayList<PrunedRecord>();

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> prune(List.of("abc", "de1"), reported::add))
                .withMessage("bk-1 refused Control/Prune with UNKNOWN: disk on fire");

        assertThat(reported).hasSize(1);
    }

    @Test
    void reportsDeletedRecordsBeforeADisconnect() {
        buildkitd.onPrune((request, out) -> {
            out.onNext(UsageRecord.newBuilder().setId("abc").build());
            Thread.ofVirtual().start(buildkitd::close);
        });
        var reported = new ArrayList<PrunedRecord>();

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> prune(List.of("abc", "de1"), reported::add))
                .withMessageStartingWith("bk-1 at "
                        + buildkitd.connection().address().text() + " returned an invalid response to Control/Prune: ");

        assertThat(reported).hasSize(1);
    }

    @Test
    void listenerThatThrowsEndsTheCall() {
        var cancelled = new CountDownLatch(1);
        buildkitd.onPrune((request, out) -> {
            out.setOnCancelHandler(cancelled::countDown);
            out.onNext(UsageRecord.newBuilder().setId("abc").build());
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> prune(List.of("abc"), record -> {
                    throw new IllegalStateException("store is down");
                }))
                .withMessage("store is down");

        assertThat(await(cancelled)).isTrue();
    }

    @Test
    void interruptEndsTheCall() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        buildkitd.onPrune((request, out) -> {
            out.setOnCancelHandler(cancelled::countDown);
            begun.countDown();
        });
        var thrown = new AtomicReference<Throwable>();
        var pruning = Thread.ofVirtual().start(() -> thrown.set(catchThrowable(() -> prune(List.of("abc"), it -> {}))));
        begun.await();

        pruning.interrupt();
        pruning.join();

        assertThat(thrown.get())
                .isInstanceOf(EngineUnreachableException.class)
                .hasMessage("The request to bk-1 at "
                        + buildkitd.connection().address().text() + " for Control/Prune was interrupted");
        assertThat(await(cancelled)).isTrue();
    }

    private void prune(List<String> ids, Consumer<PrunedRecord> onPruned) {
        prune(client, ids, onPruned);
    }

    private void prune(ControlClient by, List<String> ids, Consumer<PrunedRecord> onPruned) {
        by.prune(buildkitd.connection(), ControlAccess.DIRECT, ids, Duration.ofMinutes(2), onPruned);
    }

    /** @param idle how long a builder may say nothing in the midst of a prune */
    private static ControlClient client(Duration idle) {
        var settings = new EngineSettings(
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                idle,
                DataSize.ofMegabytes(1),
                Limits.DEFAULT);
        return new ControlClient(settings, InstantSource.system());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
