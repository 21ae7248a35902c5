package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.EngineCommand;
import dev.cachewarden.testing.TestDatabase;
import java.io.IOException;
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

    private static final Duration SOON = Duration.ofMinutes(2);

    /** Some readings, one each five seconds. */
    private static final Duration READ = Duration.ofMinutes(2);

    private static final String SECRET = "hunter2-the-secret-value";

    private final JsonMapper json = JsonMapper.builder().build();
    private final String project = "dozen-" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    @TempDir
    private Path work;

    private ServiceClient client = new ServiceClient(1, "none");
    private SampleBuilds builds = new SampleBuilds(client, project);

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
    }

    @BeforeEach
    void aToken() {
        String token = tokens.issue(
                        "builds-" + project, Set.of(Scope.READ, Scope.INGEST, Scope.ADMIN), null, database.tokenOwner())
                .secret();
        client = new ServiceClient(port, token);
        builds = new SampleBuilds(client, project);
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
    void recordsAndClassifiesADozenBuildsAutomatically(String engine) throws Exception {
        builds.follow(engine, work);
        var sample = new SampleProject(work);
        var reported = new ArrayList<String>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < DOZEN.size(); i++) {
            var change = DOZEN.get(i);
            change.change().make(sample);
            int exit = SampleBuilds.output(sample.command(engine, flags(change, "BUILDKIT_BUILD_NAME=" + project)))
                    .exit();
            assertThat(exit == 0)
                    .as("the build '%s' succeeds", change.name())
                    .isEqualTo(!change.name().equals("fails"));
            int number = i + 1;
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(builds.ended())
                            .as("builds of %s known: %s", project, client.get("/api/v1/builds"))
                            .isEqualTo(number));
            var build = builds.newest();
            assertThat(exactly(build)).as(change.name()).isEqualTo(inspected(engine, build));
            reported.add(change.name() + ": " + outcome(build));
            expected.add(change.name() + ": " + change.scenario() + " " + change.firstMiss());
        }

        assertThat(matched(reported, expected)).isEqualTo(expected);
        assertThat(client.get("/api/v1/analytics/scenarios?project=" + project).path("scenarios"))
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(client.get("/api/v1/analytics/classes?project=" + project).path("items"))
                .hasSizeGreaterThanOrEqualTo(3);
        long builder = builds.newest().path("builderId").asLong();
        assertThat(client.get("/api/v1/builders/" + builder + "/size-curve")
                        .path("insufficientData")
                        .asString())
                .contains("The minimum");
        assertThat(database.jdbc()
                        .queryForList(
                                "select b::text || s::text from build b join build_step s on s.build_id = b.id",
                                String.class))
                .isNotEmpty()
                .noneMatch(row -> row.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5"})
    void stepsShowWhileABuildRuns(String engine) throws Exception {
        builds.follow(engine, work);
        var sample = new SampleProject(work);
        // It goes on once another build has opened the gate, so that it runs for as long as the test looks at it.
        var gate = "gate-" + project;
        sample.compile("echo begun; while [ ! -e /shared/open ]; do sleep 1; done; echo made all", gate);
        var command = sample.command(engine, List.of("--build-arg", "BUILDKIT_BUILD_NAME=" + project));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("build.log").toFile())
                .start();

        await().untilAsserted(() -> assertThat(builds.stepsOfNewest())
                .anyMatch(step -> step.path("name").asString().contains("sleep 1;")
                        && step.path("state").asString().equals("RUNNING")
                        && step.path("log").asString().contains("begun")));
        assertThat(builds.newest().path("state").asString()).isEqualTo("RUNNING");

        var opening = new SampleProject(work.resolve("opening"));
        opening.compile(": > /shared/open", gate);
        assertThat(SampleBuilds.output(opening.command(
                                engine, List.of("--build-arg", "BUILDKIT_BUILD_NAME=" + project + "-gate")))
                        .exit())
                .isZero();
        assertThat(process.waitFor()).isZero();
        await().atMost(SOON).untilAsserted(() -> assertThat(builds.ended()).isEqualTo(1));
        assertThat(builds.stepsOfNewest())
                .noneMatch(step -> step.path("state").asString().equals("RUNNING"))
                .anyMatch(step -> step.path("log").asString().contains("made all"));
    }

    /** Both compile by the same command, each upon files of its own. Once the own record is gone, the other's is not taken for it. */
    @Test
    void anEqualRunOfAnotherProjectIsNotTakenForTheOwn() throws Exception {
        builds.follow("28.5", work);
        var ours = new SampleBuilds(client, project + "-ours");
        var theirs = new SampleBuilds(client, project + "-theirs");
        var sample = new SampleProject(work.resolve("ours"));
        build(sample, ours);
        build(new SampleProject(work.resolve("theirs")), theirs);
        build(sample, ours);
        await().atMost(READ)
                .untilAsserted(() -> assertThat(List.of(compiled(ours), compiled(theirs)))
                        .doesNotContain("")
                        .doesNotHaveDuplicates());

        EngineCommand.docker("28.5", "builder", "prune", "--force", "--filter", "id=" + compiled(ours));

        await().atMost(READ).untilAsserted(() -> assertThat(compiled(ours)).isEmpty());
        assertThat(compiled(theirs)).isNotEmpty();
    }

    private static void build(SampleProject sample, SampleBuilds builds) throws Exception {
        var command = sample.command("28.5", List.of("--build-arg", "BUILDKIT_BUILD_NAME=" + builds.project()));
        long before = builds.ended();
        assertThat(SampleBuilds.output(command).exit()).isZero();
        await().atMost(SOON).untilAsserted(() -> assertThat(builds.ended()).isEqualTo(before + 1));
    }

    /** Id of the record that the last step's result is in; empty: not known. */
    private static String compiled(SampleBuilds builds) {
        return builds.stepsOfNewest().stream()
                .filter(step -> step.path("name").asString().contains("make all"))
                .map(step -> step.path("record").path("recordId").asString(""))
                .findFirst()
                .orElseThrow();
    }

    private List<String> flags(Change change, String argument) {
        var flags = new ArrayList<>(List.of("--build-arg", argument, "--build-arg", "TOKEN=" + SECRET));
        if (!change.flags().contains("--build-arg")) {
            flags.addAll(List.of("--build-arg", "FLAVOUR=first"));
        }
        flags.addAll(change.flags());
        return flags;
    }

    private String outcome(JsonNode build) {
        var comparison = build.path("comparison");
        int number = comparison.path("firstMiss").path("step").asInt(-1);
        String miss = "";
        for (var step : builds.steps(build)) {
            miss = step.path("number").asInt() == number ? step.path("name").asString() : miss;
        }
        return comparison.path("scenario").asString() + " " + miss;
    }

    /** What was told, cut to what was expected where that is in it. */
    private static List<String> matched(List<String> reported, List<String> expected) {
        var matched = new ArrayList<String>();
        for (int i = 0; i < reported.size(); i++) {
            String scenario = expected.get(i)
                    .substring(0, expected.get(i).indexOf(' ', expected.get(i).indexOf(": ") + 2) + 1);
            String miss = expected.get(i).substring(scenario.length());
            boolean fits = reported.get(i).startsWith(scenario)
                    && (miss.isEmpty()
                            ? reported.get(i).length() == scenario.length()
                            : reported.get(i).contains(miss));
            matched.add(fits ? expected.get(i) : reported.get(i));
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
        String response = engine.equals("28.5")
                ? EngineCommand.docker(engine, inspect(build))
                : EngineCommand.docker("28.5", with("--host", "tcp://" + tcp(engine), inspect(build)));
        var inspected = json.readTree(response.substring(response.indexOf('{')));
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
}
