package dev.cachewarden.engine.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.engine.docker.InfoAnswer;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRootSpaceTests {

    private static final HostConnection SOCKET = host("unix:///run/docker.sock");

    @TempDir
    Path root;

    @Test
    void toldWhereTheEnginesIdLies() throws IOException {
        Files.writeString(root.resolve("engine-id"), "the-engine");

        var space = DataRootSpace.of(SOCKET, info(root.toString()));

        assertThat(space).isNotNull();
        assertThat(space.total().bytes()).isEqualTo(Files.getFileStore(root).getTotalSpace());
        assertThat(space.free()).isBetween(dev.cachewarden.buildcache.ByteSize.ZERO, space.total());
    }

    @Test
    void unknownWhereAnotherEnginesIdLies() throws IOException {
        Files.writeString(root.resolve("engine-id"), "another");

        assertThat(DataRootSpace.of(SOCKET, info(root.toString()))).isNull();
    }

    @Test
    void unknownWithoutAnId() {
        assertThat(DataRootSpace.of(SOCKET, info(root.toString()))).isNull();
        assertThat(DataRootSpace.of(SOCKET, info(null))).isNull();
        assertThat(DataRootSpace.of(SOCKET, info("\0"))).isNull();
    }

    @Test
    void unknownOverTheNetwork() throws IOException {
        Files.writeString(root.resolve("engine-id"), "the-engine");

        assertThat(DataRootSpace.of(host("tcp://localhost:2375"), info(root.toString())))
                .isNull();
    }

    private static InfoAnswer info(@Nullable String dataRoot) {
        return new InfoAnswer("the-engine", dataRoot, null, false, null, null, null, null);
    }

    private static HostConnection host(String address) {
        return new HostConnection("ci-1", HostKind.DOCKER_ENGINE, HostAddress.parse(address, null));
    }
}
