package dev.cachewarden.engine.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Limits;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEventType;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRecord;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.buildkit.wire.Vertex;
import dev.cachewarden.engine.buildkit.wire.VertexLog;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Builders that send faster than is read: 40 messages of a MiB each, the reader standing still at the first until all are out. */
class FloodTests {

    private static final int MESSAGES = 40;
    private static final ByteString MEBIBYTE = ByteString.copyFrom(new byte[1 << 20]);
    private static final BuildHistory.Pace AT_ONCE = new BuildHistory.Pace(Duration.ZERO, Duration.ofSeconds(30));

    private final ControlClient client = new ControlClient(
            new EngineSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    DataSize.ofMegabytes(1),
                    Limits.DEFAULT),
            InstantSource.system());
    private final CountDownLatch out = new CountDownLatch(1);
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
    void aHistoryIsReadAsFarAsItWasKeptAndThenGivenUp() {
        buildkitd.onListen((request, to) -> flood(
                to,
                n -> dev.cachewarden.engine.buildkit.wire.BuildHistoryEvent.newBuilder()
                        .setType(BuildHistoryEventType.COMPLETE)
                        .setRecord(BuildHistoryRecord.newBuilder()
                                .setRef("b" + n)
                                .setCreatedAt(Timestamp.newBuilder().setSeconds(1_700_000_000))
                                .setFrontend("x".repeat(1 << 20)))
                        .build()));
        var heard = new ArrayList<BuildHistoryEvent>();

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> client.listenBuildHistory(
                        buildkitd.connection(), ControlAccess.DIRECT, Duration.ofSeconds(30), event -> {
                            standStill(heard.isEmpty());
                            heard.add(event);
                        }))
                .withMessageEndingWith(
                        "returned an invalid response to Control/ListenBuildHistory: it sent data faster than"
                                + " Cachewarden could process it; the buffer limits are 32 MiB per stream and "
                                + (Backlog.SHARED.most() >> 20) + " MiB in total");
        assertThat(heard).hasSizeBetween(31, MESSAGES - 1);
    }

    @Test
    void aHistoryWithoutEndIsGivenUp() {
        buildkitd.onListen((request, to) -> {
            for (int n = 0; !to.isCancelled() && n < 1_000_000; n++) {
                to.onNext(dev.cachewarden.engine.buildkit.wire.BuildHistoryEvent.newBuilder()
                        .setType(BuildHistoryEventType.DELETED)
                        .setRecord(BuildHistoryRecord.newBuilder().setRef("b" + n))
                        .build());
            }
        });
        var heard = new ArrayList<BuildHistoryEvent>();

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> client.listenBuildHistory(
                        buildkitd.connection(), ControlAccess.DIRECT, Duration.ofSeconds(30), heard::add))
                .withMessageEndingWith("it has more than 10000 messages of builds (limit:"
                        + " cachewarden.engine.limits.max-build-events)");
        assertThat(heard).hasSizeBetween(10_000, 10_001);
    }

    @Test
    void theStepsOfABuildThatRunsAreShownAsFarAsTheyWereKept() {
        buildkitd.onStatus((request, to) -> flood(to, FloodTests::status));
        var reported = new ArrayList<BuildProgress>();

        client.followProgress(
                buildkitd.connection(), ControlAccess.DIRECT, "a", ProgressLimits.DEFAULT, AT_ONCE, soFar -> {
                    standStill(reported.isEmpty());
                    reported.add(soFar);
                });

        assertThat(reported.getLast().vertices()).hasSizeBetween(31, MESSAGES - 1);
        assertThat(reported.getLast().gaps())
                .contains("Its steps arrived faster than Cachewarden could store them. All steps appear after the"
                        + " build ends.");
    }

    /** Stored, they would never be asked for again. */
    @Test
    void theStepsOfABuildThatEndedAreNotTakenForWholeWhereOthersTookTheRoom() {
        var line = StatusResponse.newBuilder()
                .addLogs(VertexLog.newBuilder().setVertex("sha256:1").setMsg(ByteString.copyFromUtf8("made\n")))
                .build();
        buildkitd.onStatus((request, to) -> untilGivenUp(to, line));

        try (var others = new Backlog<StatusResponse>(Long.MAX_VALUE, Backlog.SHARED)) {
            for (var message : List.of(status(1), line)) {
                while (others.add(message)) {
                    // Until there is no room.
                }
            }

            assertThatExceptionOfType(EngineUnreachableException.class)
                    .isThrownBy(() ->
                            client.progress(buildkitd.connection(), ControlAccess.DIRECT, "a", ProgressLimits.DEFAULT))
                    .withMessageMatching(
                            "Cachewarden stopped reading the response of bk-1 at \\S+ to Control/Status: all"
                                    + " builders together"
                                    + " sent data faster than Cachewarden could process it; the buffer limits are"
                                    + " 32 MiB per stream and "
                                    + (Backlog.SHARED.most() >> 20) + " MiB in total");
        }
    }

    /** To cancel it would stop the builder from deleting, and lose what it tells later. */
    @Test
    void neverCutsAPruneAndCountsDiscardedRecords() {
        buildkitd.onPrune((request, to) -> flood(
                to,
                n -> UsageRecord.newBuilder()
                        .setId("r" + n)
                        .setDescription("x".repeat(1 << 20))
                        .build()));
        var reported = new ArrayList<PrunedRecord>();

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> client.prune(
                        buildkitd.connection(), ControlAccess.DIRECT, List.of("r1"), Duration.ofSeconds(30), record -> {
                            standStill(reported.isEmpty());
                            reported.add(record);
                        }))
                .satisfies(e -> assertThat(e)
                        .hasMessageEndingWith(
                                "; " + (MESSAGES - reported.size()) + " reported records were discarded"));
        assertThat(out.getCount()).as("the builder finished").isZero();
        // What was still on its way when the reader went on found room again.
        assertThat(reported).hasSizeBetween(31, MESSAGES - 2);
    }

    private static StatusResponse status(int n) {
        return StatusResponse.newBuilder()
                .addVertexes(Vertex.newBuilder().setDigest("sha256:" + n).setName("[1/1] RUN make " + n))
                .addLogs(VertexLog.newBuilder().setVertex("sha256:" + n).setMsg(MEBIBYTE))
                .build();
    }

    private void standStill(boolean first) {
        try {
            if (first) {
                assertThat(out.await(2, TimeUnit.MINUTES)).isTrue();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many that the reader is behind by more than one some time. */
    private static void untilGivenUp(ServerCallStreamObserver<StatusResponse> to, StatusResponse message) {
        var sent = new int[1];
        to.setOnReadyHandler(() -> {
            while (to.isReady() && sent[0]++ < 1_000_000) {
                to.onNext(message);
            }
        });
    }

    /** Sends as fast as the other side takes it off the wire. */
    private <A> void flood(ServerCallStreamObserver<A> to, IntFunction<A> message) {
        var sent = new int[1];
        to.setOnCancelHandler(out::countDown);
        to.setOnReadyHandler(() -> {
            while (to.isReady() && sent[0] < MESSAGES) {
                to.onNext(message.apply(sent[0]++));
                if (sent[0] == MESSAGES) {
                    to.onCompleted();
                    out.countDown();
                }
            }
        });
    }
}
