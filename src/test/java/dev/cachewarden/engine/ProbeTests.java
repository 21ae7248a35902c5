package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.buildkit.FakeBuildkitd;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.ProbeResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a probe makes of engines, by recorded answers. */
class ProbeTests {

    private static EnginePorts ports;

    @BeforeAll
    static void open() {
        ports = EnginePorts.open(
                Map.of("cachewarden.engine.connect-timeout", "10s", "cachewarden.engine.call-timeout", "10s"));
    }

    @AfterAll
    static void close() {
        ports.close();
    }

    @Test
    void engineWithoutGrpc() throws IOException {
        try (var server = ScriptedServer.engine()) {
            var found = probe(server.connection());

            assertThat(found.engineId()).isEqualTo(Capabilities.ENGINE_ID);
            assertThat(found.engineVersion()).isEqualTo("28.5.2+dfsg4");
            assertThat(found.apiVersion()).isEqualTo("1.51");
            assertThat(found.buildkitVersion()).isEqualTo("v0.25 (by engine version)");
            assertThat(found.buildKit()).isEqualTo(BuildKitUse.DEFAULT);
            assertThat(found.control()).isEqualTo(ControlAccess.NONE);
            assertThat(found.dataRoot()).isEqualTo("/var/lib/docker");
            assertThat(found.operatingSystem()).isEqualTo("Debian GNU/Linux forky/sid, x86_64");
            assertThat(found.notes())
                    .containsExactly(
                            "The gRPC interface of BuildKit is unreachable, so Cachewarden deletes records one at a"
                                    + " time: ci-1"
                                    + " refused Control/ListWorkers with UNIMPLEMENTED: POST /grpc returned"
                                    + " 404",
                            "The builder reports no garbage collection. It is disabled, or this BuildKit version"
                                    + " does not report it");
        }
    }

    @Test
    void oldEngineWithoutGrpc() throws IOException {
        try (var server = ScriptedServer.plain().asEngine("20.10")) {
            var found = probe(server.connection());

            assertThat(found.buildKit()).isEqualTo(BuildKitUse.ON_REQUEST);
            assertThat(found.notes().getFirst())
                    .isEqualTo("Builds on this engine use BuildKit only if DOCKER_BUILDKIT=1 is set. BuildKit is the"
                            + " default since"
                            + " Engine 23.0");
            assertThat(found.notes())
                    .contains("With each reading of the cache, this engine also measures images, containers, and"
                            + " volumes. Engine 23.0"
                            + " and later do not");
        }
    }

    @Test
    void engineThatOffersTheClassicBuilder() throws IOException {
        String ping = Recorded.text("docker/ping-28.5.txt").replace("Builder-Version: 2", "Builder-Version: 1");
        try (var server = ScriptedServer.engine().on("HEAD /_ping", ping.replace("\n", "\r\n") + "\r\n")) {
            var found = probe(server.connection());

            assertThat(found.buildKit()).isEqualTo(BuildKitUse.DISABLED);
            assertThat(found.notes().getFirst())
                    .isEqualTo("This engine is configured for the classic builder, which creates no build cache. Set"
                            + " features.buildkit to true in its daemon.json");
        }
    }

    @Test
    void engineOfWindowsHasNoBuildKit() throws IOException {
        String info = Recorded.text("docker/info-28.5.json").replace("\"linux\"", "\"windows\"");
        try (var server = ScriptedServer.engine().onJson("GET /v1.51/info", info)) {
            var found = probe(server.connection());

            assertThat(found.buildKit()).isEqualTo(BuildKitUse.NONE);
            assertThat(found.control()).isEqualTo(ControlAccess.NONE);
            assertThat(found.notes()).containsExactly("This engine has no BuildKit, so it has no build cache");
            assertThat(server.requests()).doesNotContain("POST /grpc");
        }
    }

    @Test
    void pingByGetWhereHeadIsNotLetThrough() throws IOException {
        String ping = Recorded.text("docker/ping-28.5.txt").replace("Content-Length: 0", "Content-Length: 2");
        try (var server = ScriptedServer.engine()
                .on("HEAD /_ping", "HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n")
                .on("GET /_ping", ping.replace("\n", "\r\n") + "\r\nOK")) {
            assertThat(probe(server.connection()).apiVersion()).isEqualTo("1.51");
        }
    }

    /** No engine of API 1.53 was at hand: version and shape are made of what 28.5 sent. */
    @Test
    void grpcOnTheEnginesOwnPort() throws IOException {
        String list = Recorded.text("docker/df-28.5.json");
        list = list.substring(list.indexOf("[{\"ID\""), list.lastIndexOf(']') + 1);
        try (var http = ScriptedServer.engine()
                        .onJson(
                                "GET /version",
                                Recorded.text("docker/version-28.5.json")
                                        .replace("28.5.2+dfsg4", "29.2.0")
                                        .replace("\"1.51\"", "\"1.53\""))
                        .onJson("GET /v1.53/info", Recorded.text("docker/info-28.5.json"))
                        .onJson(
                                "GET /v1.53/system/df?type=build-cache&verbose=1",
                                "{\"BuildCacheUsage\":{\"Items\":" + list + ",\"TotalCount\":11}}");
                var grpc = FakeBuildkitd.onPort();
                var front = new NativeFront(http.connection(), grpc.connection())) {
            var found = probe(front.connection());

            assertThat(found.control()).isEqualTo(ControlAccess.NATIVE);
            assertThat(found.buildkitVersion()).isEqualTo("v0.32.2");
            assertThat(found.notes()).isEmpty();
            assertThat(ports.reader().read(front.connection(), found).records())
                    .extracting(CacheRecord::id)
                    .hasSize(11);
            var order = new PruneOrder(front.connection(), found, Capabilities.ENGINE_ID, List.of("abc"));
            assertThat(ports.pruner().prune(order, it -> {}).method()).isEqualTo(PruneReport.Method.CONTROL);
            assertThat(grpc.prunes()).hasSize(1);
        }
    }

    private static HostCapabilities probe(HostConnection connection) {
        return ((ProbeResult.Reached) ports.prober().probe(connection)).capabilities();
    }
}
