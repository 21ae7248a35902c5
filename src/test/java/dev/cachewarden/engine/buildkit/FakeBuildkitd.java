package dev.cachewarden.engine.buildkit;

import dev.cachewarden.engine.TestTls;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryEvent;
import dev.cachewarden.engine.buildkit.wire.BuildHistoryRequest;
import dev.cachewarden.engine.buildkit.wire.BuildkitVersion;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.DiskUsageRequest;
import dev.cachewarden.engine.buildkit.wire.DiskUsageResponse;
import dev.cachewarden.engine.buildkit.wire.GCPolicy;
import dev.cachewarden.engine.buildkit.wire.InfoRequest;
import dev.cachewarden.engine.buildkit.wire.InfoResponse;
import dev.cachewarden.engine.buildkit.wire.ListWorkersRequest;
import dev.cachewarden.engine.buildkit.wire.ListWorkersResponse;
import dev.cachewarden.engine.buildkit.wire.PruneRequest;
import dev.cachewarden.engine.buildkit.wire.StatusRequest;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.buildkit.wire.WorkerRecord;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.TlsFiles;
import dev.cachewarden.simulator.grpc.BuilderTimeInterceptor;
import dev.cachewarden.testing.HeldPort;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server of {@code Control} that does as it is told, over each way a buildkitd listens. */
public final class FakeBuildkitd implements AutoCloseable {

    public static final String WORKER_ID = "y1dkm9s2x7w4w0m6j8v1c5e3z";

    private final Server server;
    private final Control control = new Control();
    private final HostConnection connection;

    private FakeBuildkitd(NettyServerBuilder builder, Function<Server, HostAddress> address) throws IOException {
        server = builder.addService(control)
                .intercept(new BuilderTimeInterceptor(() -> Optional.ofNullable(control.time)))
                .build()
                .start();
        connection = new HostConnection("bk-1", HostKind.BUILDKITD, address.apply(server));
    }

    public static FakeBuildkitd onPort() throws IOException {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** On a port that it can come back to. */
    static FakeBuildkitd on(HeldPort port) throws IOException {
        return on(port.address());
    }

    private static FakeBuildkitd on(InetSocketAddress address) throws IOException {
        return new FakeBuildkitd(
                NettyServerBuilder.forAddress(address).withOption(ChannelOption.SO_REUSEADDR, true),
                started -> new HostAddress.Tcp("127.0.0.1", started.getPort()));
    }

    static FakeBuildkitd withTls(TlsFiles client) throws IOException {
        var files = TestTls.mutual(TestTls.files("ca", "server", "server-key"));
        var context = GrpcSslContexts.configure(SslContextBuilder.forServer(files.keys())
                        .trustManager(files.trust())
                        .clientAuth(ClientAuth.REQUIRE))
                .build();
        return new FakeBuildkitd(
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sslContext(context),
                started -> new HostAddress.TlsTcp("127.0.0.1", started.getPort(), client));
    }

    static FakeBuildkitd onSocket(Path path) throws IOException {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        return new FakeBuildkitd(
                NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(path))
                        .channelType(NioServerDomainSocketChannel.class)
                        .bossEventLoopGroup(group)
                        .workerEventLoopGroup(group),
                started -> new HostAddress.UnixSocket(path));
    }

    public HostConnection connection() {
        return connection;
    }

    /** Answers DiskUsage. */
    void onDiskUsage(BiConsumer<DiskUsageRequest, StreamObserver<DiskUsageResponse>> answer) {
        control.diskUsage = answer;
    }

    /** Answers DiskUsage with these records, whatever the filter. */
    public void holds(UsageRecord... records) {
        onDiskUsage((request, out) -> {
            out.onNext(DiskUsageResponse.newBuilder()
                    .addAllRecord(List.of(records))
                    .build());
            out.onCompleted();
        });
    }

    /** Answers Prune; by default each record named is reported gone with a size of one byte. */
    void onPrune(BiConsumer<PruneRequest, ServerCallStreamObserver<UsageRecord>> answer) {
        control.prune = answer;
    }

    /** Answers ListenBuildHistory; by default it keeps no history. */
    void onListen(BiConsumer<BuildHistoryRequest, ServerCallStreamObserver<BuildHistoryEvent>> answer) {
        control.listen = answer;
    }

    /** Answers Status. */
    void onStatus(BiConsumer<StatusRequest, ServerCallStreamObserver<StatusResponse>> answer) {
        control.status = answer;
    }

    /** From now on its streams of builds say that this is the time, and that no build runs. */
    public void reportsTime(Instant time) {
        control.time = time;
        onListen((request, out) -> out.onCompleted());
    }

    /** Requests to prune so far. */
    public List<PruneRequest> prunes() {
        return control.prunes;
    }

    /** An engine before 24 does not know Info. */
    void withoutInfo() {
        control.info = false;
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Control extends ControlGrpc.ControlImplBase {

        private static final BuildkitVersion VERSION =
                BuildkitVersion.newBuilder().setVersion("v0.32.2").build();

        private final List<PruneRequest> prunes = new CopyOnWriteArrayList<>();
        private volatile boolean info = true;
        private volatile @Nullable Instant time;
        private volatile BiConsumer<BuildHistoryRequest, ServerCallStreamObserver<BuildHistoryEvent>> listen =
                super::listenBuildHistory;
        private volatile BiConsumer<StatusRequest, ServerCallStreamObserver<StatusResponse>> status = super::status;
        private volatile BiConsumer<DiskUsageRequest, StreamObserver<DiskUsageResponse>> diskUsage = (request, out) -> {
            out.onNext(DiskUsageResponse.getDefaultInstance());
            out.onCompleted();
        };
        private volatile BiConsumer<PruneRequest, ServerCallStreamObserver<UsageRecord>> prune = (request, out) -> {
            request.getFilterList()
                    .forEach(filter -> out.onNext(UsageRecord.newBuilder()
                            .setId(filter.replace("id==", ""))
                            .setSize(1)
                            .build()));
            out.onCompleted();
        };

        @Override
        public void diskUsage(DiskUsageRequest request, StreamObserver<DiskUsageResponse> out) {
            diskUsage.accept(request, out);
        }

        @Override
        public void prune(PruneRequest request, StreamObserver<UsageRecord> out) {
            prunes.add(request);
            prune.accept(request, (ServerCallStreamObserver<UsageRecord>) out);
        }

        @Override
        public void listenBuildHistory(BuildHistoryRequest request, StreamObserver<BuildHistoryEvent> out) {
            listen.accept(request, (ServerCallStreamObserver<BuildHistoryEvent>) out);
        }

        @Override
        public void status(StatusRequest request, StreamObserver<StatusResponse> out) {
            status.accept(request, (ServerCallStreamObserver<StatusResponse>) out);
        }

        @Override
        public void listWorkers(ListWorkersRequest request, StreamObserver<ListWorkersResponse> out) {
            out.onNext(ListWorkersResponse.newBuilder()
                    .addRecord(WorkerRecord.newBuilder()
                            .setId(WORKER_ID)
                            .putLabels("org.mobyproject.buildkit.worker.snapshotter", "overlayfs")
                            .setBuildkitVersion(VERSION)
                            .addGcPolicy(GCPolicy.newBuilder()
                                    .addFilters("type==source.local")
                                    .setKeepDuration(172_800_000_000_000L)
                                    .setMaxUsedSpace(512_000_000)))
                    .build());
            out.onCompleted();
        }

        @Override
        public void info(InfoRequest request, StreamObserver<InfoResponse> out) {
            if (!info) {
                super.info(request, out);
                return;
            }
            out.onNext(InfoResponse.newBuilder().setBuildkitVersion(VERSION).build());
            out.onCompleted();
        }
    }
}
