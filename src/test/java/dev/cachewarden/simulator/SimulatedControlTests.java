package dev.cachewarden.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc.ControlBlockingStub;
import dev.cachewarden.engine.buildkit.wire.DiskUsageRequest;
import dev.cachewarden.engine.buildkit.wire.InfoRequest;
import dev.cachewarden.engine.buildkit.wire.ListWorkersRequest;
import dev.cachewarden.engine.buildkit.wire.PruneRequest;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.simulator.cache.RecordDraft;
import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.simulator.state.Fault;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control over {@code /grpc} and over native HTTP/2, through the generated client and nothing else of ours. */
class SimulatedControlTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final EngineNetwork network = new EngineNetwork();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var closeable : open.reversed()) {
            closeable.close();
        }
        network.close();
    }

    @Test
    void readsOverTheUpgradeOnTcpAndUnixSocket(@TempDir Path directory) throws IOException {
        var socket = SimulatedEngine.onSocket(
                network, EngineGeneration.ENGINE_28_5, 1, () -> NOW, directory.resolve("docker.sock"));
        open.add(socket);
        for (var engine : List.of(start(EngineGeneration.ENGINE_28_5), socket)) {
            String parent =
                    engine.cache().add(RecordDraft.of("regular", "parent", 1).asShared());
            engine.cache()
                    .add(RecordDraft.of("exec.cachemount", "child", 2)
                            .on(parent)
                            .asMutable());
            var records = upgraded(engine)
                    .diskUsage(DiskUsageRequest.getDefaultInstance())
                    .getRecordList();
            assertThat(records).hasSize(2);
            assertThat(records)
                    .filteredOn(record -> record.getDescription().equals("child"))
                    .singleElement()
                    .satisfies(child -> {
                        assertThat(child.getParentsList()).containsExactly(parent);
                        assertThat(child.getParent()).isEmpty();
                        assertThat(child.getRecordType()).isEqualTo("exec.cachemount");
                        assertThat(child.getMutable()).isTrue();
                        assertThat(child.hasLastUsedAt()).isFalse();
                        assertThat(child.getCreatedAt().getSeconds()).isEqualTo(NOW.getEpochSecond());
                    });
            assertThat(records).filteredOn(UsageRecord::getShared).hasSize(1);
        }
    }

    @Test
    void parentsOf2010AreInTheOldField() throws IOException {
        var engine = start(EngineGeneration.ENGINE_20_10);
        String parent = engine.cache().add(RecordDraft.of("regular", "parent", 1));
        engine.cache().add(RecordDraft.of("regular", "child", 2).on(parent));
        assertThat(upgraded(engine)
                        .diskUsage(DiskUsageRequest.getDefaultInstance())
                        .getRecordList())
                .filteredOn(record -> record.getDescription().equals("child"))
                .singleElement()
                .satisfies(child -> assertThat(child.getParent()).isEqualTo(parent))
                .satisfies(child -> assertThat(child.getParentsList()).isEmpty());
    }

    @Test
    void speaksHttp2DirectlyFrom29OnOnly() {
        var engine = start(EngineGeneration.ENGINE_29_7);
        engine.cache().add(RecordDraft.of("regular", "", 1));
        assertThat(direct(engine)
                        .diskUsage(DiskUsageRequest.getDefaultInstance())
                        .getRecordCount())
                .isEqualTo(1);
        var older = direct(start(EngineGeneration.ENGINE_28_5));
        assertThatThrownBy(() -> older.diskUsage(DiskUsageRequest.getDefaultInstance()))
                .cause()
                .hasMessageContaining("First received frame was not SETTINGS");
    }

    @Test
    void filtersReadings() throws IOException {
        var engine = start(EngineGeneration.ENGINE_28_5);
        engine.cache().add(RecordDraft.of("regular", "", 1));
        engine.cache().hold(engine.cache().add(RecordDraft.of("exec.cachemount", "", 1)));
        var stub = upgraded(engine);
        assertThat(count(stub, "type==regular")).isEqualTo(1);
        assertThat(count(stub, "inuse")).isEqualTo(1);
        assertThat(count(stub, "inuse", "type~=reg")).isEqualTo(2);
        assertThat(count(stub, "inuse,type~=reg")).isZero();
        assertThatThrownBy(() -> count(stub, "type=x"))
                .hasMessage("UNKNOWN: failed to parse diskusage filters [type=x]: filters: parse error: "
                        + "[type >|=|< x]: unsupported operator \"=\": invalid argument");
    }

    @Test
    void prunesLeavesFirstAndOmitsTypeAndShared() throws IOException {
        var engine = start(EngineGeneration.ENGINE_28_5);
        String parent = engine.cache().add(RecordDraft.of("regular", "", 3).asShared());
        String child = engine.cache().add(RecordDraft.of("regular", "", 4).on(parent));
        String other = engine.cache().add(RecordDraft.of("regular", "", 5));
        var pruned =
                prune(upgraded(engine), request("id==" + parent, "id==" + child).setAll(true));
        assertThat(pruned).extracting(UsageRecord::getId).containsExactly(child, parent);
        assertThat(pruned).allMatch(record -> record.getRecordType().isEmpty() && !record.getShared());
        assertThat(engine.cache().views()).extracting(RecordView::id).containsExactly(other);
        assertThat(engine.requests().count("Control/Prune")).isEqualTo(1);
        assertThat(engine.requests().last().getLast()).contains("filter: \"id==" + parent + "\"");
    }

    @Test
    void prunesThousandsAndKeepsTheRecentlyUsed() throws IOException {
        var engine = start(EngineGeneration.ENGINE_28_5);
        for (int i = 0; i < 3000; i++) {
            engine.cache().add(RecordDraft.of("regular", "", 1));
        }
        engine.cache().add(RecordDraft.of("regular", "", 1).used(NOW.minusSeconds(5), 1));
        assertThat(prune(
                        upgraded(engine),
                        request().setKeepDuration(Duration.ofHours(1).toNanos())))
                .hasSize(3000);
        assertThat(engine.cache().size()).isEqualTo(1);
    }

    @Test
    void limitsUnknownToOldBuildKitAreDroppedAndEverythingGoes() throws IOException {
        for (var generation : List.of(EngineGeneration.ENGINE_26_1, EngineGeneration.ENGINE_28_5)) {
            var engine = start(generation);
            engine.cache().add(RecordDraft.of("regular", "", 10));
            var maxUsedSpace = UnknownFieldSet.newBuilder()
                    .addField(
                            5,
                            UnknownFieldSet.Field.newBuilder().addVarint(1000).build());
            prune(upgraded(engine), request().setUnknownFields(maxUsedSpace.build()));
            assertThat(engine.cache().size()).isEqualTo(generation.equals(EngineGeneration.ENGINE_26_1) ? 0 : 1);
        }
    }

    @Test
    void workersMatchTheirEngineGeneration() throws IOException {
        var old = upgraded(start(EngineGeneration.ENGINE_20_10));
        assertThat(old.listWorkers(ListWorkersRequest.getDefaultInstance()).getRecord(0))
                .satisfies(worker -> {
                    assertThat(worker.getId()).isEqualTo("moby");
                    assertThat(worker.hasBuildkitVersion()).isFalse();
                    assertThat(worker.getGcPolicyCount()).isZero();
                });
        var middle = start(EngineGeneration.ENGINE_26_1);
        assertThat(upgraded(middle)
                        .listWorkers(ListWorkersRequest.getDefaultInstance())
                        .getRecord(0))
                .satisfies(worker -> {
                    assertThat(worker.getId()).isEqualTo(middle.id());
                    assertThat(worker.getGcPolicyCount()).isZero();
                });
        var newest = upgraded(start(EngineGeneration.ENGINE_29_7));
        assertThat(newest.listWorkers(ListWorkersRequest.getDefaultInstance()).getRecord(0))
                .satisfies(worker -> {
                    assertThat(worker.getBuildkitVersion().getVersion()).isEqualTo("v0.32.2-moby");
                    assertThat(worker.getGcPolicyList()).hasSize(4);
                });
    }

    @Test
    void infoIsUnknownToOldBuildKit() throws IOException {
        var old = upgraded(start(EngineGeneration.ENGINE_20_10));
        assertThatThrownBy(() -> old.info(InfoRequest.getDefaultInstance()))
                .hasMessage("UNIMPLEMENTED: unknown method Info for service moby.buildkit.v1.Control");
        assertThat(upgraded(start(EngineGeneration.ENGINE_29_7))
                        .info(InfoRequest.getDefaultInstance())
                        .getBuildkitVersion()
                        .getVersion())
                .isEqualTo("v0.32.2");
    }

    @Test
    void cutPruneHasDeletedTheRecordsItReported() throws IOException {
        var engine = start(EngineGeneration.ENGINE_28_5);
        for (int i = 0; i < 20; i++) {
            engine.cache().add(RecordDraft.of("regular", "", 1));
        }
        engine.inject(new Fault.CutPrune(7));
        var reported = new ArrayList<String>();
        assertThatThrownBy(() -> upgraded(engine)
                        .prune(request().build())
                        .forEachRemaining(record -> reported.add(record.getId())))
                .hasMessageContaining("UNAVAILABLE");
        assertThat(reported).hasSize(7);
        assertThat(engine.cache().size()).isEqualTo(13);
        assertThat(engine.cache().views()).extracting(RecordView::id).doesNotContainAnyElementsOf(reported);
        engine.recover();
        assertThat(prune(upgraded(engine), request())).hasSize(13);
    }

    @Test
    void aCallerWhoLeavesEndsThePruneSoThatTheNextGetsItsTurn() throws IOException {
        var engine = start(EngineGeneration.ENGINE_28_5);
        for (int i = 0; i < 20; i++) {
            engine.cache().add(RecordDraft.of("regular", "", 1));
        }
        engine.inject(new Fault.StalledPrune(5));
        var impatient = upgraded(engine).withDeadlineAfter(300, TimeUnit.MILLISECONDS);
        assertThatThrownBy(() -> prune(impatient, request())).hasMessageContaining("DEADLINE_EXCEEDED");
        assertThat(engine.cache().size()).isEqualTo(15);
        engine.recover();
        assertThat(prune(upgraded(engine), request())).hasSize(15);
    }

    @Test
    void aPruneMayClaimSuccessAndDeleteNothing() throws IOException {
        var engine = start(EngineGeneration.ENGINE_28_5);
        engine.cache().add(RecordDraft.of("regular", "", 1));
        engine.inject(new Fault.PruneDeletesNothing());
        assertThat(prune(upgraded(engine), request())).isEmpty();
        assertThat(engine.cache().size()).isEqualTo(1);
    }

    @Test
    void aHungEngineNeverAnswersOverConnectionsAlreadyOpen() throws IOException {
        var engine = start(EngineGeneration.ENGINE_28_5);
        var stub = upgraded(engine);
        assertThat(count(stub)).isZero();
        engine.inject(new Fault.Hung());
        assertThatThrownBy(() -> count(stub.withDeadlineAfter(200, TimeUnit.MILLISECONDS)))
                .hasMessageContaining("DEADLINE_EXCEEDED");
        engine.recover();
        assertThat(count(upgraded(engine))).isZero();
    }

    private SimulatedEngine start(EngineGeneration generation) {
        var engine = SimulatedEngine.onTcp(network, generation, 1, () -> NOW);
        open.add(engine);
        return engine;
    }

    private ControlBlockingStub upgraded(SimulatedEngine engine) throws IOException {
        var relay = LoopbackRelay.upgraded(engine.address());
        open.add(relay);
        return stub(relay.port());
    }

    private ControlBlockingStub direct(SimulatedEngine engine) {
        return stub(((HostAddress.Tcp) engine.address()).port());
    }

    private ControlBlockingStub stub(int port) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        open.add(channel::shutdownNow);
        return ControlGrpc.newBlockingStub(channel);
    }

    private static PruneRequest.Builder request(String... filters) {
        return PruneRequest.newBuilder().addAllFilter(List.of(filters));
    }

    private static List<UsageRecord> prune(ControlBlockingStub stub, PruneRequest.Builder request) {
        var records = new ArrayList<UsageRecord>();
        stub.prune(request.build()).forEachRemaining(records::add);
        return records;
    }

    private static int count(ControlBlockingStub stub, String... filters) {
        return stub.diskUsage(DiskUsageRequest.newBuilder()
                        .addAllFilter(List.of(filters))
                        .build())
                .getRecordCount();
    }
}
