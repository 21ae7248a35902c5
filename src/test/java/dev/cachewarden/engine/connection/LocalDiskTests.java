package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.DataRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTests {

    @TempDir
    Path root;

    @Test
    void measuresTheDiskThatHoldsTheEngineId() throws Exception {
        Files.writeString(root.resolve("engine-id"), "the-engine\n");

        var space = LocalDisk.of(root(root.toString()), null);

        assertThat(space.total().bytes()).isEqualTo(Files.getFileStore(root).getTotalSpace());
        assertThat(space.free()).isBetween(ByteSize.ZERO, space.total());
    }

    @Test
    void unknownWhereAnotherEnginesIdLies() throws IOException {
        Files.writeString(root.resolve("engine-id"), "another");

        assertUnknown(root(root.toString()), "The local directory " + root + " belongs to another engine than ci-1.");
    }

    @Test
    void unknownWithoutAnId() {
        assertUnknown(root(root.toString()), "The data root " + root + " of ci-1 is not accessible.");
        assertUnknown(root("\0"), "The data root  of ci-1 is not accessible.");
        assertUnknown(root(null), "ci-1 does not report its data directory.");
    }

    @Test
    void unknownOverTheNetwork() throws IOException {
        Files.writeString(root.resolve("engine-id"), "the-engine");

        assertUnknown(
                new DataRoot("ci-1", root.toString(), "the-engine", false),
                "ci-1 is a remote host, so Cachewarden cannot access its disk.");
    }

    private static void assertUnknown(DataRoot root, String problem) {
        assertThatThrownBy(() -> LocalDisk.of(root, null))
                .isInstanceOf(DiskUnknownException.class)
                .hasMessageStartingWith(problem)
                .hasMessageEndingWith("set a node_exporter or an SSH address as \"Free disk source\".");
    }

    private static DataRoot root(@Nullable String path) {
        return new DataRoot("ci-1", path, "the-engine", true);
    }
}
