package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Scope;
import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Builds whose logs are sent: by the wrapper script, and by hand. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WrapperIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final String SECRET = "hunter2-the-secret-value";

    private final String project = "wrapped-" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    private ApiTokens tokens;

    @LocalServerPort
    private int port;

    @TempDir
    private Path work;

    private String token = "";
    private ServiceClient client = new ServiceClient(1, "none");
    private SampleBuilds builds = new SampleBuilds(client, project);

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
    }

    @BeforeEach
    void aToken() {
        token = tokens.issue(
                        "wrapper-" + project,
                        Set.of(Scope.READ, Scope.INGEST, Scope.ADMIN),
                        null,
                        database.tokenOwner())
                .secret();
        client = new ServiceClient(port, token);
        builds = new SampleBuilds(client, project);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.10", "28.5"})
    void wrapperBuildsAndPrintsASummary(String engine) throws Exception {
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

        var first = SampleBuilds.output(command);
        sample.write("src/main.py", "print(2)");
        var second = SampleBuilds.output(command);

        assertThat(first.exit()).isZero();
        assertThat(first.text()).contains("cachewarden: " + project + ": hit rate", "/builds/");
        assertThat(second.text()).contains("(previous: ", "Files from the build context changed");
        var build = builds.newest();
        assertThat(build.path("source").asString()).isEqualTo("UPLOAD");
        assertThat(build.path("comparison").path("scenario").asString()).isEqualTo("CODE_CHANGED");
        assertThat(build.path("duration").asString()).startsWith("PT");
        assertThat(database.jdbc().queryForList("select s::text from build_step s", String.class))
                .noneMatch(row -> row.contains(SECRET));
    }

    /** Compose as Debian packages it, where that engine lives. */
    @Test
    void wrapperUploadsEachServiceOfAComposeBuild() throws Exception {
        RealEngines.connection("28.5");
        var shop = Files.createDirectories(work.resolve("shop"));
        for (String file : List.of("Dockerfile", "compose.yaml")) {
            Files.copy(Path.of("src/test/progress/projects/composed", file), shop.resolve(file));
        }
        SampleBuilds.output(List.of("bash", "src/test/engines/engines", "context", shop.toString()));
        Files.writeString(shop.resolve("nonce"), project);
        var wrapper = work.resolve("cachewarden-build");
        Files.writeString(wrapper, script());
        var shims = Files.createDirectories(work.resolve("bin"));
        Files.writeString(shims.resolve("docker"), """
                #!/bin/sh
                tar -C '%s' -c . | bash src/test/engines/engines exec 28.5 sh -c 'd=$(mktemp -d) && cd "$d" && tar -x && "$@" </dev/null
                  exit=$?; docker image rm shop-web shop-api >/dev/null; cd / && rm -rf "$d"; exit "$exit"
                ' sh env "BUILDKIT_PROGRESS=$BUILDKIT_PROGRESS" docker "$@"
                """.formatted(shop));
        assertThat(shims.resolve("docker").toFile().setExecutable(true)).isTrue();
        var command = List.of(
                "env",
                "PATH=" + shims + ":" + System.getenv("PATH"),
                "CACHEWARDEN_TOKEN=" + token,
                "CACHEWARDEN_PROJECT=" + project,
                "sh",
                wrapper.toString(),
                "compose",
                "build");

        var first = SampleBuilds.output(command);
        var second = SampleBuilds.output(command);

        assertThat(first.exit()).as(first.text()).isZero();
        assertThat(second.text()).contains("cachewarden: " + project + ": hit rate 100% (7 of 7)");
        var reported = database.jdbc().queryForList("""
                        select b.target || ' ' || count(*) || ' ' || count(*) filter (where s.state = 'CACHED')
                        from build b join build_step s on s.build_id = b.id where s.name like '%/%] %' group by b.id order by b.id""", String.class);
        // What takes nothing from the build context may be in the cache of an earlier test.
        // A plain log does not show whose each shared step is; a target without some of them says so.
        assertThat(reported.subList(0, 2)).allMatch(build -> build.matches("(web|api) [5-7] [01]"));
        assertThat(reported.subList(2, 4)).allMatch(build -> build.matches("(web|api) ([5-7]) \\2"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void theWrapperNeverFailsABuild(int exit) throws Exception {
        var wrapper = work.resolve("cachewarden-build");
        Files.writeString(wrapper, script());
        var shims = Files.createDirectories(work.resolve("bin"));
        Files.writeString(shims.resolve("docker"), "#!/bin/sh\necho '#1 [1/1] RUN x' >&2\nexit " + exit + "\n");
        assertThat(shims.resolve("docker").toFile().setExecutable(true)).isTrue();

        var away = SampleBuilds.output(List.of(
                "env",
                "PATH=" + shims + ":" + System.getenv("PATH"),
                "CACHEWARDEN_TOKEN=x",
                "CACHEWARDEN_URL=http://127.0.0.1:1",
                "sh",
                wrapper.toString(),
                "."));
        var without = SampleBuilds.output(
                List.of("env", "PATH=" + shims + ":" + System.getenv("PATH"), "sh", wrapper.toString(), "."));

        assertThat(away.exit()).isEqualTo(exit);
        assertThat(away.text()).contains("#1 [1/1] RUN x", "cachewarden: the upload failed:");
        assertThat(without.exit()).isEqualTo(exit);
        assertThat(without.text()).contains("CACHEWARDEN_TOKEN is not set; the log was not uploaded");
    }

    @Test
    void aLogSentAsAFormIsRefusedWithWhatToDo() {
        var answer = new WebClient(port)
                .with("Authorization", "Bearer " + token)
                .post("/api/v1/builds?project=" + project, "#1 [1/1] RUN x", "");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("Send another type, such as application/octet-stream");
    }

    @Test
    void aMisspeltFieldOfALogIsRefused() {
        var answer = new WebClient(port)
                .with("Authorization", "Bearer " + token)
                .json("POST", "/api/v1/builds?porject=" + project, "#1 [1/1] RUN x");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("porject", "is not a parameter of this request");
    }

    @Test
    void aProjectsOwnRulesClassItsSteps() {
        String rules = "/api/v1/project/step-rules?name=" + project;
        var web = new WebClient(port).with("Authorization", "Bearer " + token);
        web.json("POST", "/api/v1/builds?project=" + project, "#4 [2/2] RUN ./assets.sh pack\n#4 DONE 2.5s\n");
        assertThat(builds.stepsOfNewest())
                .extracting(step -> step.path("stepClass").asString())
                .containsExactly("SETUP");
        assertThat(web.get(rules).statusCode()).isEqualTo(404);

        var saved = web.json("PUT", rules, """
                {"rules": "rules: [{class: MODELS_AND_DATA, reason: packs textures, run: ['assets.sh pack']}]"}""");
        var refused = web.json("PUT", rules, """
                {"rules": "rules: [{class: NONE, reason: x, run: ['y']}]"}""");

        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        assertThat(saved.body()).contains("\"steps\":1");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("'NONE' is not a class");
        assertThat(builds.stepsOfNewest())
                .extracting(step -> step.path("stepClass").asString())
                .containsExactly("MODELS_AND_DATA");
        String current = web.get(rules).body();
        assertThat(current).contains("packs textures", "savedBy");
        assertThat(web.json("PUT", rules, current).body()).contains("\"steps\":0");
        assertThat(web.json("DELETE", rules, "").statusCode()).isEqualTo(200);
        assertThat(builds.stepsOfNewest())
                .extracting(step -> step.path("stepClass").asString())
                .containsExactly("SETUP");
    }

    private String script() {
        return new WebClient(port).get("/scripts/cachewarden-build").body();
    }
}
