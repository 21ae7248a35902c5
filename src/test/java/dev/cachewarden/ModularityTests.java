package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.modulith.core.ApplicationModules;

/** The packages are modules, and the arrows between them are those that their {@code package-info} allows. */
class ModularityTests {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void modulesUseOnlyDeclaredDependencies() {
        ApplicationModules.of(Application.class).verify();
    }

    /** The tests' come first on the class path: they would hide what a package declares, and the test above would see nothing of it. */
    @Test
    void noTestPackageShadowsAPackageDeclaration() throws IOException {
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
        print("packages", 60, sizes.size());
        print("named interfaces", 10, interfaces);
        print("files in the largest package", 30, most);
        print("dependencies of dashboard", 15, dashboard);

        assertThat(sizes.size()).as("packages").isBetween(1, 60);
        assertThat(single).as("packages with a single type").containsExactly("dev/cachewarden");
        assertThat(interfaces).as("named interfaces").isBetween(1L, 10L);
        assertThat(most).as("files in the largest package").isBetween(1L, 30L);
        assertThat(dashboard).as("dependencies of dashboard").isBetween(1L, 15L);
    }

    /** A setting of a policy has one definition, so a change of it touches few files. */
    @Test
    void oneSettingOccursInFewFiles() throws IOException {
        long files;
        try (var found = Files.walk(MAIN)) {
            files = found.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).contains("minFreeSpace"))
                    .count();
        }
        print("files with minFreeSpace", 8, files);

        assertThat(files).isBetween(1L, 8L);
    }

    /**
     * A new limit of a rule changes few files, so few name one, in any spelling. The engine's own settings of the same names are in
     * {@code engine} and {@code host}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"maxUsedSpace", "minFreeSpace"})
    void fewFilesNameALimit(String limit) throws IOException {
        long naming;
        try (var files = Files.walk(MAIN)) {
            naming = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !MAIN.relativize(file).toString().matches("dev/cachewarden/(engine|host)/.*"))
                    .filter(file -> read(file).toLowerCase(Locale.ROOT).contains(limit.toLowerCase(Locale.ROOT)))
                    .count();
        }
        print("files that name the limit " + limit + " of a rule", 8, naming);

        assertThat(naming).isBetween(1L, 8L);
    }

    /** The width of records and of constructor calls. {@code ArchitectureTests} names the records that may be wider. */
    @Test
    void recordsAndConstructorCallsAreNarrow() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ArchitectureTests.WithoutGeneratedCode())
                .importPackages("dev.cachewarden");
        long wide = classes.stream()
                .filter(ArchitectureTests.hasTooManyComponents())
                .count();
        var widest = classes.stream()
                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getPackageName().startsWith("dev.cachewarden")
                        && !call.getTargetOwner().getSimpleName().endsWith("Response"))
                .max(Comparator.comparing(ModularityTests::width))
                .orElseThrow();
        print("records with more than 10 components that mirror no format or row", 0, wide);
        print("arguments of the largest constructor call", 15, width(widest));
        System.out.println("    It is new " + widest.getTargetOwner().getSimpleName() + "(...), except responses");

        assertThat(wide).isZero();
        assertThat(width(widest)).isLessThanOrEqualTo(15);
    }

    private static int width(JavaConstructorCall call) {
        return call.getTarget().getRawParameterTypes().size();
    }

    private static void print(String figure, long limit, long value) {
        System.out.printf("%3d, limit %3d: %s%n", value, limit, figure);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
