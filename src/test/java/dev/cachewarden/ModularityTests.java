package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The packages are modules, and the arrows between them are those that their {@code package-info} allows. */
class ModularityTests {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void arrowsGoOnlyWhereDeclared() {
        ApplicationModules.of(Application.class).verify();
    }

    /** The tests' come first on the class path: they would hide what a package declares, and the test above would see nothing of it. */
    @Test
    void noTestPackageHidesWhatItsPackageDeclares() throws IOException {
        try (var files = Files.walk(TESTS)) {
            assertThat(files.filter(file -> file.endsWith("package-info.java")))
                    .noneMatch(file -> Files.exists(MAIN.resolve(TESTS.relativize(file))));
        }
    }
}
