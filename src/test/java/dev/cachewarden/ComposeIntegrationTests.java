package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.testing.ComposeProject;
import dev.cachewarden.testing.TestDocker;
import dev.cachewarden.testing.WebClient;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docker compose up}, as somebody meets it who has just cloned the project. */
class ComposeIntegrationTests {

    private static final String SERVICE = "cachewarden";
    private static final Pattern PASSWORD = Pattern.compile("sign in as 'admin' with the password (\\S+) ");
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final ComposeProject project = new ComposeProject();

    @Test
    void theDatabaseIsBackedUpAsDocumented() {
        assertThat(project.call("exec", "-T", "postgres", "pg_dump", "--username=cachewarden", "cachewarden"))
                .contains("CREATE TABLE public.prune_policy (");
    }

    @Test
    void isHealthyAndOnLoopbackOnly() {
        assertThat(project.call("ps", "--all", "--format", "{{.Service}} {{.State}} {{.Health}} {{.ExitCode}}"))
                .contains("cachewarden running healthy 0", "postgres running healthy 0", "secrets exited  0");
        assertThat(project.call("port", SERVICE, "8080")).startsWith("127.0.0.1:");
        // Through the published port, as the health check does not.
        assertThat(anonymousClient().get("/actuator/health").body()).contains("\"status\":\"UP\"");
    }

    @Test
    void runsAsAnUnprivilegedUser() {
        assertThat(project.execute(SERVICE, "cat", "/proc/1/status"))
                .containsPattern("Uid:\\s+10001\\s+10001\\s+10001\\s+10001")
                .containsPattern("Gid:\\s+10001\\s+10001\\s+10001\\s+10001")
                .containsPattern("CapEff:\\s+0{16}")
                .containsPattern("CapBnd:\\s+0{16}")
                .containsPattern("NoNewPrivs:\\s+1");
        assertThat(project.execute(SERVICE, "cat", "/proc/1/cmdline")).startsWith("java\0");
    }

    @Test
    void memoryIsBoundedAndARunMayFinishItsBatch() {
        assertThat(project.call("config")).contains("mem_limit: \"1073741824\"").contains("stop_grace_period: 30s");
    }

    @Test
    void diskOfTheEngineIsKnown() {
        var admin = admin();

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(local(admin).at("/disk/totalBytes").asLong())
                                .as(local(admin).at("/disk").toString())
                                .isPositive());
    }

    @Test
    void keepsTheDatabasePasswordOutOfAllEnvironments() {
        String password = project.execute(SERVICE, "cat", "/run/cachewarden/spring.datasource.password");

        assertThat(password).hasSizeGreaterThanOrEqualTo(32);
        assertThat(project.call("config")).doesNotContain(password);
        assertThat(project.execute(SERVICE, "env")).doesNotContain(password);
        assertThat(project.execute("postgres", "env")).doesNotContain(password);
    }

    @Test
    void adminSignsInAndSeesTheEngineInRest() {
        var engine = TestDocker.client().infoCmd().exec();

        var host = local(admin());

        assertThat(host.at("/engineId").asString()).isEqualTo(engine.getId());
        assertThat(host.at("/capabilities/engineVersion").asString()).isEqualTo(engine.getServerVersion());
        assertThat(host.at("/reachability/state").asString()).isEqualTo("REACHABLE");
    }

    @Test
    void adminSeesTheEngineOnThePageOfHosts() {
        var admin = admin();
        var host = local(admin);

        var page = admin.get("/hosts");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        host.at("/name").asString(),
                        host.at("/capabilities/engineVersion").asString());
    }

    private static WebClient anonymousClient() {
        return new WebClient(project.port(SERVICE, 8080));
    }

    /** Signed in with what the first start printed. */
    private static WebClient admin() {
        var line = PASSWORD.matcher(project.log(SERVICE));
        assertThat(line.find()).as("the first password is in the log").isTrue();
        var admin = anonymousClient();
        var welcome = admin.signIn("admin", line.group(1));
        assertThat(welcome.statusCode()).isEqualTo(302);
        assertThat(welcome.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).doesNotContain("error"));
        return admin;
    }

    /** The one host that is there; it is searched for once the service is up. */
    private static JsonNode local(WebClient caller) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(hosts(caller)).hasSize(1));
        return hosts(caller).get(0);
    }

    private static JsonNode hosts(WebClient caller) {
        var answer = caller.get("/api/v1/hosts");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body()).at("/items");
    }
}
