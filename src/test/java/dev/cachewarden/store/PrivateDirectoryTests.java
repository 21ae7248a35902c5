package dev.cachewarden.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateDirectoryTests {

    @TempDir
    Path parent;

    private Path home = Path.of("");

    @BeforeEach
    void realParent() throws IOException {
        home = parent.toRealPath().resolve("store");
    }

    @Test
    void createsADirectoryThatOnlyTheOwnerCanUse() throws IOException {
        assertThat(PrivateDirectory.ensure(home)).isEqualTo(home);
        assertMode("rwx------", home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxr-x---", "rwx--x--x"})
    void makesAnExistingDirectoryPrivate(String mode) throws IOException {
        directory(home, mode);
        Files.writeString(home.resolve("kept"), "still here");

        PrivateDirectory.ensure(home);

        assertMode("rwx------", home);
        assertThat(home.resolve("kept")).hasContent("still here");
    }

    @Test
    void refusesContentThatOthersCouldHavePutThere() throws IOException {
        directory(home, "rwxrwxrwx");
        Files.writeString(home.resolve("password"), "known");

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> PrivateDirectory.ensure(home))
                .withMessage("The directory of the embedded PostgreSQL is not private: Other users could write to "
                        + home + " (rwxrwxrwx), and it is not empty.")
                .satisfies(e -> assertThat(e.action())
                        .isEqualTo("Set cachewarden.store.directory to a directory that only this user can use, or"
                                + " correct the owner and the mode."));
    }

    @Test
    void takesAnEmptyDirectoryThatOthersCouldWriteTo() throws IOException {
        directory(home, "rwxrwxrwx");

        PrivateDirectory.ensure(home);

        assertMode("rwx------", home);
    }

    @Test
    void refusesAParentThatOthersCanWriteTo() throws IOException {
        var open = directory(parent.toRealPath().resolve("open"), "rwxrwxrwx");

        assertThatThrownBy(() -> PrivateDirectory.ensure(open.resolve("deep/store")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(
                        "Other users can write to " + open + " (rwxrwxrwx) and can replace " + open + "/deep/store.");
    }

    @Test
    void acceptsAStickyParentAsOfTemporaryFiles() throws IOException {
        var shared = directory(parent.toRealPath().resolve("shared"), "rwxrwxrwx");
        Files.setAttribute(shared, "unix:mode", 01777);

        assertThat(PrivateDirectory.ensure(shared.resolve("store"))).isDirectory();
    }

    @Test
    void refusesASymbolicLink() throws IOException {
        var elsewhere = directory(parent.toRealPath().resolve("elsewhere"), "rwx------");
        Files.createSymbolicLink(home, elsewhere);

        assertThatThrownBy(() -> PrivateDirectory.ensure(home))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(home + " is a symbolic link.");
    }

    @Test
    void refusesADirectoryOfAnotherUser() throws IOException {
        assumeTrue(Files.getOwner(Path.of("/proc/self")).getName().equals("root"), "only root can give a file away");
        directory(home, "rwx------");
        Files.setAttribute(home, "unix:uid", 65534);

        assertThatThrownBy(() -> PrivateDirectory.ensure(home))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(home + " belongs to the user ");
    }

    private static Path directory(Path path, String mode) throws IOException {
        Files.createDirectory(path);
        // Not by the creation, which the umask would limit.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        return path;
    }

    private static void assertMode(String mode, Path of) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(of)))
                .isEqualTo(mode);
    }
}
