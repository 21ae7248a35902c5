package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.engine.TestTls;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Runs the commands of README and docs as they are written. What another test or {@code .ci/run} runs is checked to be run there. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DocumentedCommandsIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final Pattern BLOCK =
            Pattern.compile("^```(sh|console)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INLINE =
            Pattern.compile("`((?:\\./mvnw|docker compose (?:up|logs|exec)|docker network) [^`]+)`");
    private static final Pattern ADDRESS = Pattern.compile("http://localhost:(\\d+)");

    /** What the output of each block contains, by a word of the block. A block without an entry fails. */
    private static final Map<String, String> OUTPUT = Map.of(
            "api/v1/hosts\"", "\"items\":[",
            "api/v1/hosts/ci/headroom", "UNKNOWN",
            "api/v1/channels", "\"type\":\"SLACK\"",
            "step-rules", "\"steps\":",
            "progress=rawjson", "\"state\":\"DONE\"",
            "cachewarden-build -t app", "hit rate",
            "openssl s_client", "Verify return code: 0 (ok)");

    /** The file that runs a command, and the words that it must contain. */
    private static final Map<String, List<String>> ELSEWHERE = Map.ofEntries(
            Map.entry("./mvnw spring-boot:run", List.of(".ci/run", "spring-boot:run")),
            Map.entry("./mvnw spring-boot:test-run", List.of(".ci/run", "spring-boot:test-run")),
            // Part of verify: it checks the format with the same settings.
            Map.entry("./mvnw spotless:apply", List.of("pom.xml", "spotless-maven-plugin")),
            Map.entry("./mvnw verify", List.of(".ci/run", "verify")),
            // A phase of verify.
            Map.entry("./mvnw package", List.of(".ci/run", "verify")),
            Map.entry("sudo src/test/engines/engines up", List.of(".ci/run", "\"$ENGINES\" up")),
            Map.entry("sudo src/test/engines/engines images", List.of(".ci/run", "\"$ENGINES\" images")),
            Map.entry("eval \"$(src/test/engines/engines env)\"", List.of(".ci/run", "\"$ENGINES\" env")),
            Map.entry(
                    "CACHEWARDEN_REQUIRE=engines,browser,docker ./mvnw verify",
                    List.of(".ci/run", "CACHEWARDEN_REQUIRE=engines,browser,docker")),
            Map.entry(
                    "docker compose up --detach",
                    List.of(
                            "src/test/java/dev/cachewarden/testing/ComposeProject.java",
                            "\"up\", \"--build\", \"--detach\"")),
            Map.entry(
                    "docker compose up --detach --build",
                    List.of(
                            "src/test/java/dev/cachewarden/testing/ComposeProject.java",
                            "\"up\", \"--build\", \"--detach\"")),
            // Compose names the network after the project.
            Map.entry(
                    "docker network inspect cachewarden_default", List.of("docker-compose.yml", "name: cachewarden\n")),
            Map.entry(
                    "docker compose logs cachewarden | grep password",
                    List.of("src/test/java/dev/cachewarden/ComposeIntegrationTests.java", "with the password")),
            Map.entry(
                    "docker compose exec -T postgres pg_dump --username=cachewarden cachewarden > cachewarden.sql",
                    List.of("src/test/java/dev/cachewarden/ComposeIntegrationTests.java", "pg_dump")));

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    @TempDir
    private Path work;

    private String token = "";

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
    }

    @BeforeEach
    void prepareAProjectAndAToken() throws Exception {
        RealEngines.connection("28.5");
        database.jdbc().update("""
                insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                values ('ci', 'DOCKER_ENGINE', 'unix:///nowhere', 60, now(), now()) on conflict do nothing""");
        token = tokens.issue("documented", Set.of(Scope.READ, Scope.INGEST, Scope.ADMIN), null, database.tokenOwner())
                .secret();
        for (String file : List.of("Dockerfile", "compose.yaml")) {
            Files.copy(Path.of("src/test/progress/projects/composed", file), work.resolve(file));
        }
        for (String file : List.of("ca", "client", "client-key")) {
            String name =
                    Map.of("ca", "ca", "client", "cert", "client-key", "key").get(file);
            Files.copy(TestTls.file(file), work.resolve(name + ".pem"));
        }
        SampleBuilds.output(List.of("bash", "src/test/engines/engines", "context", work.toString()));
        Files.writeString(work.resolve("nonce"), token);
    }

    static Stream<String> blocksToRun() throws IOException {
        return blocks("sh");
    }

    @ParameterizedTest
    @MethodSource("blocksToRun")
    void runsAsWritten(String block) throws Exception {
        try (var server = tlsServer()) {
            var script =
                    block.replace("cw_…", token).replace("ci-1.example:2376", "localhost:" + server.getLocalPort());

            var output = SampleBuilds.output(List.of(
                    "env",
                    "--chdir=" + work,
                    "PATH=" + dockerOfAnEngine() + ":" + System.getenv("PATH"),
                    "CACHEWARDEN_URL=http://localhost:" + port,
                    "CACHEWARDEN_TOKEN=" + token,
                    "bash",
                    "-eo",
                    "pipefail",
                    "-c",
                    script));

            assertThat(output.exit()).as(output.text()).isZero();
            assertThat(output.text()).contains(expected(block));
        }
    }

    private static String expected(String block) {
        return OUTPUT.entrySet().stream()
                .filter(entry -> block.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("What should this print?\n" + block));
    }

    /** A command {@code docker} that sends the current directory to an engine, which lives in a mount namespace of its own. */
    private Path dockerOfAnEngine() throws IOException {
        var shims = Files.createDirectories(work.resolve("bin"));
        Files.writeString(shims.resolve("docker"), """
                #!/bin/sh
                tar --exclude=bin -c . | bash '%s' exec 28.5 sh -c 'd=$(mktemp -d) && mkdir "$d/shop" && cd "$d/shop" && tar -x && "$@" </dev/null
                  exit=$?; docker image rm shop-web shop-api app >/dev/null 2>&1; cd / && rm -rf "$d"; exit "$exit"
                ' sh env "BUILDKIT_PROGRESS=$BUILDKIT_PROGRESS" docker "$@"
                """.formatted(
                        Path.of("src/test/engines/engines").toAbsolutePath()));
        assertThat(shims.resolve("docker").toFile().setExecutable(true)).isTrue();
        return shims;
    }

    private static SSLServerSocket tlsServer() throws IOException {
        var server = (SSLServerSocket) TestTls.server("server")
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var client = (SSLSocket) server.accept()) {
                    client.startHandshake();
                    client.getInputStream().read();
                } catch (IOException e) {
                    // The test is over.
                }
            }
        });
        return server;
    }

    @Test
    void theJarStartsAsWritten() throws Exception {
        String command =
                commands().filter(line -> line.startsWith("java ")).findFirst().orElseThrow();
        try (var jars = Files.newDirectoryStream(Path.of("target"), "cachewarden-*.jar")) {
            assumeThat(jars).as("the JAR from mvnw package").isNotEmpty();
        }
        var log = work.resolve("jar.log");
        var builder = new ProcessBuilder("bash", "-c", "exec " + command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        System.getProperty("java.home") + "/bin:" + System.getenv("PATH"),
                        "SERVER_PORT",
                        "0",
                        "CACHEWARDEN_HOST_FIND_LOCAL_ENGINE",
                        "false",
                        "CACHEWARDEN_STORE_DIRECTORY",
                        work.resolve("store").toString()));
        var process = builder.start();
        try {
            await().atMost(Duration.ofMinutes(5)).until(() -> !process.isAlive() || address(log) > 0);
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();

            assertThat(new WebClient(address(log)).get("/login").statusCode()).isEqualTo(200);
        } finally {
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static int address(Path log) throws IOException {
        var found = ADDRESS.matcher(Files.readString(log));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    @Test
    void everyOtherCommandRunsElsewhere() throws IOException {
        var commands = commands()
                .filter(command -> !command.startsWith("java "))
                // Long suites, benchmarks, and pictures: their commands select tests and profiles, and take too long to
                // run twice.
                .filter(command -> !command.contains("-Dit.test=") && !command.contains("-Dtest="))
                .filter(command -> !command.startsWith("./mvnw -Pbenchmark"))
                .filter(command -> !command.startsWith("cp target/screenshots/"))
                .toList();

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            var runner = ELSEWHERE.get(command);
            assertThat(runner).as("the file that runs " + command).isNotNull();
            assertThat(Path.of(runner.get(0))).content().contains(runner.get(1));
        });
    }

    /** Returns the lines of consoles without their comments, and the commands within text. */
    private static Stream<String> commands() throws IOException {
        var consoles = blocks("console")
                .flatMap(String::lines)
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2).replaceFirst("\\s+# .*", ""));
        var inline =
                texts().stream().flatMap(text -> INLINE.matcher(text).results()).map(command -> command.group(1));
        return Stream.concat(consoles, inline).distinct();
    }

    private static Stream<String> blocks(String language) throws IOException {
        return texts().stream()
                .flatMap(text -> BLOCK.matcher(text).results())
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2));
    }

    /** Returns the content of README, CONTRIBUTING, and each page of the documentation. */
    private static List<String> texts() throws IOException {
        try (var docs = Files.list(Path.of("docs"))) {
            var files = Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            var texts = new ArrayList<String>();
            for (var file : files) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
