package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.testing.EngineCommand;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sample project built a dozen times on real engines, each time with a known change, and what is then told of it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BuildsIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SECRET = "hunter2-the-secret-value";

    private final JsonMapper json = JsonMapper.builder().build();
    private final String project = "dozen-" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    @TempDir
    private Path work;

    private String token = "";
    private ServiceClient client = new ServiceClient(1, "none");

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
    }

    @BeforeEach
    void aToken() {
        token = tokens.issue("builds-" + project, Set.of(Scope.READ, Scope.INGEST, Scope.ADMIN), null, "test")
                .secret();
        client = new ServiceClient(port, token);
    }

    /** A change, and what is to be told of the build after it; {@code firstMiss} is in the name of the step, empty: nothing missed. */
    private record Change(String name, Step change, List<String> flags, String scenario, String firstMiss) {}

    private interface Step {
        void make(SampleProject sample) throws IOException;
    }

    private static final List<Change> DOZEN = List.of(
            new Change("first", sample -> {}, List.of(), "FIRST", "COPY busybox"),
            new Change("again", sample -> {}, List.of(), "UNCHANGED", ""),
            new Change(
                    "code", sample -> sample.write("src/main.py", "print(2)"), List.of(), "CODE_CHANGED", "COPY src/"),
            new Change("again after code", sample -> {}, List.of(), "UNCHANGED", ""),
            new Change(
                    "requirements",
                    sample -> sample.write("requirements.txt", "flask==3.1"),
                    List.of(),
                    "DEPENDENCIES_CHANGED",
                    "COPY requirements.txt"),
            new Change(
                    "instruction",
                    sample -> sample.compile("make all # changed"),
                    List.of(),
                    "DOCKERFILE_CHANGED",
                    "make all # changed"),
            new Change("no cache", sample -> {}, List.of("--no-cache"), "FORCED", "COPY busybox"),
            new Change(
                    "argument", sample -> {}, List.of("--build-arg", "FLAVOUR=second"), "ARGUMENT_CHANGED", "flavour"),
            new Change(
                    "fails",
                    sample -> sample.compile("exit 3"),
                    List.of("--build-arg", "FLAVOUR=second"),
                    "DOCKERFILE_CHANGED",
                    "exit 3"),
            new Change(
                    "mended",
                    sample -> sample.compile("make all # mended"),
                    List.of("--build-arg", "FLAVOUR=second"),
                    "DOCKERFILE_CHANGED",
                    "make all # mended"),
            new Change(
                    "code once more",
                    sample -> sample.write("src/main.py", "print(3)"),
                    List.of("--build-arg", "FLAVOUR=second"),
                    "CODE_CHANGED",
                    "COPY src/"),
            new Change("at last", sample -> {}, List.of("--build-arg", "FLAVOUR=second"), "UNCHANGED", ""));

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5"})
    void aDozenBuildsAppearByThemselvesAndAreToldApart(String engine) throws Exception {
        register(engine);
        var sample = new SampleProject(work);
        var told = new ArrayList<String>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < DOZEN.size(); i++) {
            var change = DOZEN.get(i);
            change.change().make(sample);
            int exit = run(sample.command(engine, flags(change, "BUILDKIT_BUILD_NAME=" + project)));
            assertThat(exit == 0)
                    .as("the build '%s' succeeds", change.name())
                    .isEqualTo(!change.name().equals("fails"));
            int number = i + 1;
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(ended())
                            .as("builds of %s known: %s", project, client.get("/api/v1/builds"))
                            .isEqualTo(number));
            var build = newest();
            assertThat(exactly(build)).as(change.name()).isEqualTo(inspected(engine, build));
            told.add(change.name() + ": " + outcome(build));
            expected.add(change.name() + ": " + change.scenario() + " " + change.firstMiss());
        }

        assertThat(matched(told, expected)).isEqualTo(expected);
        assertThat(client.get("/api/v1/analytics/scenarios?project=" + project)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(client.get("/api/v1/analytics/classes?project=" + project)).hasSizeGreaterThanOrEqualTo(3);
        long builder = newest().path("builderId").asLong();
        assertThat(client.get("/api/v1/builders/" + builder + "/size-curve")
                        .path("tooThin")
                        .asString())
                .contains("it takes");
        assertThat(database.jdbc()
                        .queryForList(
                                "select b::text || s::text from build b join build_step s on s.build_id = b.id",
                                String.class))
                .isNotEmpty()
                .noneMatch(row -> row.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.10", "28.5"})
    void theWrapperBuildsAndTells(String engine) throws Exception {
        RealEngines.connection(engine);
        var sample = new SampleProject(work);
        var wrapper = work.resolve("cachewarden-build");
        Files.writeString(wrapper, script());
        var shims = Files.createDirectories(work.resolve("bin"));
        // Stands for docker, where the engine lives in a mount namespace of its own.
        Files.writeString(shims.resolve("docker"), """
                #!/bin/sh
                shift
                for dir in "$@"; do :; done
                n=$#
                while [ "$n" -gt 1 ]; do set -- "$@" "$1"; shift; n=$((n - 1)); done
                shift
                exec bash src/test/engines/engines build %s "$dir" "$@" >&2
                """.formatted(engine));
        assertThat(shims.resolve("docker").toFile().setExecutable(true)).isTrue();
        var command = List.of(
                "env",
                "PATH=" + shims + ":" + System.getenv("PATH"),
                "CACHEWARDEN_TOKEN=" + token,
                "CACHEWARDEN_PROJECT=" + project,
                "sh",
                wrapper.toString(),
                "--output",
                "type=cacheonly",
                "--build-arg",
                "TOKEN=" + SECRET,
                sample.dir().toString());

        var first = output(command);
        sample.write("src/main.py", "print(2)");
        var second = output(command);

        assertThat(first.exit()).isZero();
        assertThat(first.text()).contains("cachewarden: " + project + ": hit rate", "/builds/");
        assertThat(second.text()).contains("(before: ", "Files that it takes from the build context changed");
        var build = newest();
        assertThat(build.path("source").asString()).isEqualTo("UPLOAD");
        assertThat(build.path("verdict").path("scenario").asString()).isEqualTo("CODE_CHANGED");
        assertThat(build.path("duration").asString()).startsWith("PT");
        assertThat(database.jdbc().queryForList("select s::text from build_step s", String.class))
                .noneMatch(row -> row.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void theWrapperNeverFailsABuild(int exit) throws Exception {
        var wrapper = work.resolve("cachewarden-build");
        Files.writeString(wrapper, script());
        var shims = Files.createDirectories(work.resolve("bin"));
        Files.writeString(shims.resolve("docker"), "#!/bin/sh\necho '#1 [1/1] RUN x' >&2\nexit " + exit + "\n");
        assertThat(shims.resolve("docker").toFile().setExecutable(true)).isTrue();

        var away = output(List.of(
                "env",
                "PATH=" + shims + ":" + System.getenv("PATH"),
                "CACHEWARDEN_TOKEN=x",
                "CACHEWARDEN_URL=http://127.0.0.1:1",
                "sh",
                wrapper.toString(),
                "."));
        var without =
                output(List.of("env", "PATH=" + shims + ":" + System.getenv("PATH"), "sh", wrapper.toString(), "."));

        assertThat(away.exit()).isEqualTo(exit);
        assertThat(away.text()).contains("#1 [1/1] RUN x", "cachewarden: nothing was stored:");
        assertThat(without.exit()).isEqualTo(exit);
        assertThat(without.text()).contains("CACHEWARDEN_TOKEN is not set; nothing was sent");
    }

    @Test
    void aLogSentAsAFormIsRefusedWithWhatToDo() {
        var answer = new WebClient(port)
                .with("Authorization", "Bearer " + token)
                .post("/api/v1/builds?project=" + project, "#1 [1/1] RUN x", "");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("send any other, such as application/octet-stream");
    }

    @Test
    void aMisspeltFieldOfALogIsRefused() {
        var answer = new WebClient(port)
                .with("Authorization", "Bearer " + token)
                .json("POST", "/api/v1/builds?porject=" + project, "#1 [1/1] RUN x");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("porject", "is not a parameter of this request");
    }

    private String script() {
        return new WebClient(port).get("/scripts/cachewarden-build").body();
    }

    private void register(String engine) throws IOException, InterruptedException {
        client.post("/api/v1/hosts", """
                {"name": "builds-%s-%s", "address": "%s", "pollInterval": "5s"}""".formatted(
                engine, project, RealEngines.connection(engine).address().text()));
        // It takes what the builder remembers first, and then hears what comes: the second of two comes after all that.
        for (String earlier : List.of(project + "-earlier", project + "-before")) {
            run(new SampleProject(Files.createDirectories(work.resolve(earlier)))
                    .command(engine, List.of("--build-arg", "BUILDKIT_BUILD_NAME=" + earlier)));
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                var found = client.get("/api/v1/builds?project=" + earlier).path("items");
                return found.size() == 1
                        && found.get(0).path("state").asString().equals("DONE");
            });
        }
    }

    private List<String> flags(Change change, String argument) {
        var flags = new ArrayList<>(List.of("--build-arg", argument, "--build-arg", "TOKEN=" + SECRET));
        if (!change.flags().contains("--build-arg")) {
            flags.addAll(List.of("--build-arg", "FLAVOUR=first"));
        }
        flags.addAll(change.flags());
        return flags;
    }

    private long ended() {
        long ended = 0;
        for (var build : client.get("/api/v1/builds?project=" + project).path("items")) {
            ended += build.path("state").asString().equals("RUNNING")
                            || build.path("verdict").isNull()
                    ? 0
                    : 1;
        }
        return ended;
    }

    private JsonNode newest() {
        return client.get("/api/v1/builds?project=" + project).path("items").get(0);
    }

    private String outcome(JsonNode build) {
        var verdict = build.path("verdict");
        int number = verdict.path("firstMiss").path("step").asInt(-1);
        String miss = "";
        for (var step : client.get("/api/v1/builds/" + build.path("id").asLong() + "/steps")) {
            miss = step.path("number").asInt() == number ? step.path("name").asString() : miss;
        }
        return verdict.path("scenario").asString() + " " + miss;
    }

    /** What was told, cut to what was expected where that is in it. */
    private static List<String> matched(List<String> told, List<String> expected) {
        var matched = new ArrayList<String>();
        for (int i = 0; i < told.size(); i++) {
            String scenario = expected.get(i)
                    .substring(0, expected.get(i).indexOf(' ', expected.get(i).indexOf(": ") + 2) + 1);
            String miss = expected.get(i).substring(scenario.length());
            boolean fits = told.get(i).startsWith(scenario)
                    && (miss.isEmpty()
                            ? told.get(i).length() == scenario.length()
                            : told.get(i).contains(miss));
            matched.add(fits ? expected.get(i) : told.get(i));
        }
        return matched;
    }

    private static String exactly(JsonNode build) {
        var counted = build.path("counted");
        return counted.path("completed").asInt() + "/" + counted.path("steps").asInt() + ", "
                + counted.path("cached").asInt() + " cached, "
                + Duration.parse(build.path("duration").asString()).toMillis() + " ms";
    }

    /** What {@code docker buildx history inspect} of 28.5 says; older ones cannot. */
    private String inspected(String engine, JsonNode build) {
        String said = engine.equals("28.5")
                ? EngineCommand.docker(engine, inspect(build))
                : EngineCommand.docker("28.5", with("--host", "tcp://" + tcp(engine), inspect(build)));
        var inspected = json.readTree(said.substring(said.indexOf('{')));
        return inspected.path("NumCompletedSteps").asInt() + "/"
                + inspected.path("NumTotalSteps").asInt() + ", "
                + inspected.path("NumCachedSteps").asInt() + " cached, "
                + Duration.ofNanos(inspected.path("Duration").asLong()).toMillis() + " ms";
    }

    private static String[] inspect(JsonNode build) {
        return new String[] {
            "buildx",
            "history",
            "inspect",
            "--format",
            "json",
            build.path("ref").asString()
        };
    }

    private static String[] with(String flag, String value, String... rest) {
        var all = new ArrayList<>(List.of(flag, value));
        all.addAll(List.of(rest));
        return all.toArray(String[]::new);
    }

    private static String tcp(String engine) {
        for (String entry : System.getenv("CACHEWARDEN_TEST_ENGINES_TCP").split(",")) {
            if (entry.startsWith(engine + "=")) {
                return entry.substring(engine.length() + "=tcp://".length());
            }
        }
        throw new IllegalStateException("No TCP address of " + engine);
    }

    /** What a command printed on both outputs, and its exit status. */
    private record Output(int exit, String text) {}

    private static int run(List<String> command) throws IOException, InterruptedException {
        return output(command).exit();
    }

    private static Output output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }
}
