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
    void toldWhereTheEnginesIdLies() throws Exception {
        Files.writeString(root.resolve("engine-id"), "the-engine\n");

        var space = LocalDisk.of(root(root.toString()), null);

        assertThat(space.total().bytes()).isEqualTo(Files.getFileStore(root).getTotalSpace());
        assertThat(space.free()).isBetween(ByteSize.ZERO, space.total());
    }

    @Test
    void unknownWhereAnotherEnginesIdLies() throws IOException {
        Files.writeString(root.resolve("engine-id"), "another");

        assertUnknown(root(root.toString()), "The folder " + root + " here belongs to another engine than ci-1.");
    }

    @Test
    void unknownWithoutAnId() {
        assertUnknown(root(root.toString()), "The data root " + root + " of ci-1 is not to be seen from here.");
        assertUnknown(root("\0"), "The data root  of ci-1 is not to be seen from here.");
        assertUnknown(root(null), "ci-1 does not tell where its cache lies.");
    }

    @Test
    void unknownOverTheNetwork() throws IOException {
        Files.writeString(root.resolve("engine-id"), "the-engine");

        assertUnknown(
                new DataRoot("ci-1", root.toString(), "the-engine", false),
                "ci-1 is reached over the network, so its disk is not to be seen from here.");
    }

    private static void assertUnknown(DataRoot root, String problem) {
        assertThatThrownBy(() -> LocalDisk.of(root, null))
                .isInstanceOf(DiskUnknownException.class)
                .hasMessageStartingWith(problem)
                .hasMessageEndingWith("give a node_exporter or an SSH address under \"Free disk source\".");
    }

    private static DataRoot root(@Nullable String path) {
        return new DataRoot("ci-1", path, "the-engine", true);
    }
}
