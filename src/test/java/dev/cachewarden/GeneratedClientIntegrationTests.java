package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Scope;
import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.cache.BuildSpec;
import dev.cachewarden.simulator.state.EngineGeneration;
import dev.cachewarden.testing.ServiceStage;
import dev.cachewarden.testing.WebClient;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A client that openapi-generator creates from the OpenAPI document, and a script that uses it. What fails here is a fault of the document. */
class GeneratedClientIntegrationTests extends ServiceStage {

    /** Everything but the code of the client. */
    private static final List<String> LEFT_OUT = List.of("apiDocs", "modelDocs", "apiTests", "modelTests");

    private final EngineNetwork network = new EngineNetwork();

    @TempDir
    private Path directory = Path.of("");

    @DynamicPropertySource
    static void fastRuns(DynamicPropertyRegistry registry) {
        registry.add("cachewarden.prune.tick", () -> "100ms");
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void clientAddsAHostAndRunsAPlanAndUploadsALog() throws Exception {
        String token = tokens.issue("client", Set.of(Scope.values()), null, database.tokenOwner())
                .secret();
        generate(token);
        compile();
        try (var engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, 4, InstantSource.system());
                var loader = new URLClassLoader(
                        new URL[] {classes().toUri().toURL()}, getClass().getClassLoader())) {
            engine.build(BuildSpec.builder()
                    .from("alpine", 3_000_000)
                    .run("make one", 2_000_000)
                    .run("make two", 1_000_000)
                    .build());

            var results = loader.loadClass("ClientScript")
                    .getMethod("run", String.class, String.class, String.class, String.class)
                    .invoke(
                            null,
                            "http://localhost:" + port,
                            token,
                            engine.address().text(),
                            log());

            assertThat(results)
                    .isEqualTo(Map.of(
                            "host",
                            "builder-1 {env=ci}",
                            "hosts",
                            1,
                            "plan",
                            3L,
                            "run",
                            "DONE",
                            "deleted",
                            3,
                            "known",
                            false,
                            "build",
                            "shop/web DONE",
                            "steps",
                            14,
                            "problem",
                            "404 There is no host 999"));
        }
    }

    private void generate(String token) throws IOException {
        var document = directory.resolve("openapi.json");
        Files.writeString(
                document,
                new WebClient(port)
                        .with("Authorization", "Bearer " + token)
                        .get("/v3/api-docs")
                        .body());
        var configuration = new CodegenConfigurator()
                .setGeneratorName("java")
                .setLibrary("native")
                .setInputSpec(document.toString())
                .setOutputDir(directory.resolve("client").toString())
                .setInvokerPackage("client")
                .setApiPackage("client.api")
                .setModelPackage("client.model")
                .addAdditionalProperty("openApiNullable", "false")
                .addAdditionalProperty("useJakartaEe", "true")
                .addGlobalProperty("apis", "")
                .addGlobalProperty("models", "")
                .addGlobalProperty("supportingFiles", "");
        LEFT_OUT.forEach(files -> configuration.addGlobalProperty(files, "false"));
        new DefaultGenerator().opts(configuration.toClientOptInput()).generate();
        Files.write(sources().resolve("ClientScript.java"), resource("ClientScript.java.txt"));
    }

    private void compile() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var faults = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(faults, Locale.ROOT, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(sources())) {
            var units = files.getJavaFileObjectsFromPaths(
                    sources.filter(file -> file.toString().endsWith(".java")).toList());
            var options = List.of(
                    "-proc:none",
                    "-nowarn",
                    "-d",
                    Files.createDirectories(classes()).toString());
            compiler.getTask(null, files, faults, options, null, units).call();
        }
        assertThat(faults.getDiagnostics())
                .filteredOn(fault -> fault.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }

    private Path sources() {
        return directory.resolve("client/src/main/java");
    }

    private Path classes() {
        return directory.resolve("classes");
    }

    private static String log() throws IOException {
        return new String(resource("progress/log/28.5/first.rawjson"), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = GeneratedClientIntegrationTests.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
