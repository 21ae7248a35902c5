package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The configuration file as a script sees it. */
@SpringBootTest(
        classes = ConfigStage.class,
        properties = {"cachewarden.config-apply=ask", "cachewarden.config-check-every=1d"})
@AutoConfigureMockMvc(addFilters = false)
@DirtiesContext
class ConfigRestTests {

    static final TestDatabase database = TestDatabase.create();

    @TempDir
    static Path directory;

    private static final String YAML = """
            policies:
              - name: nightly
                rules:
                  - unusedFor: 7d
                limitPerRun: {maxShare: 20}
            """;

    @Autowired
    MockMvcTester http;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.config", () -> file().toString());
    }

    private static Path file() {
        return directory.resolve("cachewarden.yml");
    }

    @BeforeEach
    void startEmpty() throws IOException {
        database.clear();
        Files.writeString(file(), YAML);
    }

    @Test
    void returnsTheStatusOfTheFileAndAppliesIt() throws IOException {
        assertThat(get("/api/v1/config")).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"file": "%s", "apply": "ASK", "state": "PENDING", "problems": [], "failure": null, "entries": 0,
                 "changes": [{"kind": "POLICY", "name": "nightly", "action": "ADDED"}], "applications": []}""".formatted(file()));
        assertThat(get("/api/v1/config"))
                .bodyJson()
                .extractingPath("$.changes[0].details[0]")
                .asMap()
                .containsEntry("what", "Mode")
                .containsEntry("after", "REPORT");

        assertThat(post("/api/v1/config/apply?hash=" + "0".repeat(64), "")).hasStatus(409);
        assertThat(post("/api/v1/config/apply", "")).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"state": "IN_SYNC", "changes": [], "entries": 1}""");
        assertThat(get("/api/v1/config"))
                .bodyJson()
                .extractingPath("$.applications[0].by")
                .isEqualTo("ada, from the configuration file");

        Files.writeString(file(), "policies: [");
        assertThat(get("/api/v1/config")).bodyJson().extractingPath("$.state").isEqualTo("INVALID");
        assertThat(post("/api/v1/config/apply", "")).hasStatus(400);
        assertThat(post("/api/v1/config/release", "")).hasStatus(409);
    }

    @Test
    void checkAFileWithoutApplyingIt() {
        assertThat(post("/api/v1/config/check", YAML)).hasStatus(200);
        assertThat(post("/api/v1/config/check", YAML))
                .bodyJson()
                .extractingPath("$.changes[0].action")
                .isEqualTo("ADDED");
        assertThat(post("/api/v1/config/check", "policies: []")).bodyJson().isStrictlyEqualTo("{\"changes\": []}");
        assertThat(get("/api/v1/config")).bodyJson().extractingPath("$.entries").isEqualTo(0);
    }

    @Test
    void returnsEachErrorOfACheckedFile() {
        assertThat(post("/api/v1/config/check", YAML.replace("7d", "soon") + "volumes: 1\n"))
                .hasStatus(400)
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"title": "Invalid input", "detail": "2 fields are invalid. Nothing was saved."}""");
        assertThat(post("/api/v1/config/check", YAML.replace("7d", "soon")))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("policies[0].rules[0].unusedFor");
        assertThat(post("/api/v1/config/check", YAML.replace("7d", "soon")))
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .asString()
                .startsWith("line 4: 'soon' is not a duration");
        assertThat(post("/api/v1/config/check", "#".repeat(10_000_000)))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .isEqualTo("is larger than the maximum of 1 MiB and was not read");
    }

    @Test
    void documentThatTheBodyIsYaml() {
        assertThat(get("/v3/api-docs"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath(
                        "$.paths['/api/v1/config/check'].post.requestBody.content['application/yaml'].schema.type")
                .isEqualTo("string");
    }

    @Test
    void refuseABodyThatIsNotYaml() {
        assertThat(http.post()
                        .uri("/api/v1/config/check")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}")
                        .exchange())
                .hasStatus(415);
    }

    @Test
    void exportWhatCanBeCheckedAgain() throws Exception {
        post("/api/v1/config/apply", "");

        var export = get("/api/v1/config/export");

        assertThat(export).hasStatus(200).hasHeader("Content-Disposition", "attachment; filename=\"cachewarden.yml\"");
        assertThat(export).hasContentTypeCompatibleWith("application/yaml");
        assertThat(post("/api/v1/config/check", export.getResponse().getContentAsString()))
                .bodyJson()
                .isStrictlyEqualTo("{\"changes\": []}");
    }

    private MvcTestResult get(String uri) {
        return http.get().uri(uri).principal(() -> "ada").exchange();
    }

    private MvcTestResult post(String uri, String body) {
        return http.post()
                .uri(uri)
                .principal(() -> "ada")
                .contentType("application/yaml")
                .content(body)
                .exchange();
    }
}
