package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** The figures of the structure, with their limits. The console shows them. */
    @Test
    void packagesAreFewAndOfMediumSize() throws IOException {
        var sizes = filesByPackage();
        var declarations = declarations();
        long interfaces = declarations.values().stream()
                .filter(text -> text.contains("@NamedInterface("))
                .count();
        var single = sizes.entrySet().stream()
                .filter(entry -> entry.getValue() == 1)
                .map(entry -> MAIN.relativize(entry.getKey()).toString())
                .toList();
        long most = sizes.values().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
        long dashboard = Pattern.compile("^ +\"", Pattern.MULTILINE)
                .matcher(declarations.get(MAIN.resolve("dev/cachewarden/dashboard")))
                .results()
                .count();
        System.out.printf(
                "%d packages, %d named interfaces, at most %d files in a package, %d dependencies of dashboard%n",
                sizes.size(), interfaces, most, dashboard);

        assertThat(sizes.size()).as("packages").isBetween(1, 48);
        assertThat(single).as("packages with a single type").containsExactly("dev/cachewarden");
        assertThat(interfaces).as("named interfaces").isBetween(1L, 10L);
        assertThat(most).as("files in the largest package").isBetween(1L, 30L);
        assertThat(dashboard).as("dependencies of dashboard").isBetween(1L, 12L);
    }

    /** Returns the number of types in each package, without {@code package-info.java}. */
    private static Map<Path, Long> filesByPackage() throws IOException {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        }
    }

    /** Returns the text of each {@code package-info.java}. */
    private static Map<Path, String> declarations() throws IOException {
        var texts = new HashMap<Path, String>();
        try (var files = Files.walk(MAIN)) {
            for (var file :
                    files.filter(found -> found.endsWith("package-info.java")).toList()) {
                texts.put(file.getParent(), Files.readString(file));
            }
        }
        return texts;
    }
}
