package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.WebClient;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rights of tokens and roles in the REST API. */
class ApiAccessIntegrationTests extends AccessStage {

    @Test
    void apiWithoutATokenNamesTheRequiredScope() {
        var answer = new WebClient(port).get("/api/v1/hosts");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"cachewarden\", scope=\"read\"");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(detail(answer))
                .isEqualTo("This request requires a token with the scope 'read'. Send it as 'Authorization: Bearer"
                        + " cw_…'.");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void tokenGrantsItsScopesWithoutSessionOrCsrf() {
        var client = withToken(Scope.READ, Scope.PRUNE);

        var seen = client.get("/api/v1/hosts");
        assertThat(seen.body()).isEqualTo("{\"seenBy\":\"token ci-bot\"}");
        assertThat(seen.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(client.json("POST", "/api/v1/runs", "{}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/v1/hosts, admin", "POST, /api/v1/runs, prune", "GET, /api/v1/tokens, admin"})
    void responseNamesTheMissingScopeOfAToken(String method, String path, String scope) {
        var answer = withToken(Scope.READ).json(method, path, "{}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(header(answer, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"cachewarden\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        assertThat(detail(answer)).isEqualTo("The token lacks the scope '" + scope + "', which this request requires.");
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void noScopeHoldsAnother(Scope missing) {
        var all = EnumSet.allOf(Scope.class);
        all.remove(missing);
        var client = withToken(all.toArray(Scope[]::new));

        int read = client.get("/api/v1/hosts").statusCode();
        int prune = client.json("POST", "/api/v1/runs", "{}").statusCode();
        int admin = client.json("POST", "/api/v1/hosts", "{}").statusCode();

        assertThat(read).isEqualTo(missing == Scope.READ ? 403 : 200);
        assertThat(prune).isEqualTo(missing == Scope.PRUNE ? 403 : 200);
        assertThat(admin).isEqualTo(missing == Scope.ADMIN ? 403 : 200);
    }

    @ParameterizedTest
    @CsvSource({
        "made up, Bearer cw_abcdefgh_0123456789012345678901234567890123456789012",
        "not a token, Bearer x",
        "empty, 'Bearer '"
    })
    void rejectsAnUnknownTokenDespiteASession(String kind, String header) {
        var client = new WebClient(port);
        client.signIn("ann", PASSWORD);

        var answer = client.with("Authorization", header).get("/api/v1/hosts");

        assertThat(answer.statusCode()).as(kind).isEqualTo(401);
        assertThat(header(answer, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"cachewarden\", error=\"invalid_token\", scope=\"read\"");
        assertThat(detail(answer))
                .isEqualTo("The token is unknown, expired, or revoked. This request requires a token with the scope"
                        + " 'read'.");
    }

    @Test
    void sessionMayUseTheApiButNeedsTheCsrfTokenToChange() {
        var client = new WebClient(port);
        client.signIn("ann", PASSWORD);
        var csrf = client.csrf("/login");

        assertThat(client.get("/api/v1/hosts").statusCode()).isEqualTo(200);
        var refused = client.json("POST", "/api/v1/hosts", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(detail(refused)).startsWith("A request in a browser session must send the header X-CSRF-TOKEN.");
        assertThat(client.with("X-CSRF-TOKEN", csrf)
                        .json("POST", "/api/v1/hosts", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void rolesGrantTheirScopes() {
        assertThat(statusOf("vera", "/api/v1/runs")).isEqualTo(403);
        assertThat(statusOf("otto", "/api/v1/runs")).isEqualTo(200);
        assertThat(statusOf("otto", "/api/v1/hosts")).isEqualTo(403);
        assertThat(statusOf("ann", "/api/v1/hosts")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GET, /unlisted", "POST, /api/v1/unlisted", "DELETE, /unlisted"})
    void unlistedPathReturnsNotFound(String method, String path) {
        var answer = withToken(Scope.values()).json(method, path, "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .doesNotContain("guards")
                .contains("No resource exists at " + path + ". Check the path.");
    }

    @Test
    void healthIsOpenWithoutDetailsAndMetricsNeedRead() {
        var health = new WebClient(port).get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");

        assertThat(new WebClient(port).get("/actuator/prometheus").statusCode()).isEqualTo(401);
        assertThat(withToken(Scope.READ).get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
        assertThat(withToken(Scope.values()).get("/actuator/env").statusCode()).isEqualTo(404);
    }

    @Test
    void eachChangeLeavesATraceAndNoReadingOrFailureDoes() {
        var client = withToken(Scope.READ, Scope.PRUNE);

        client.get("/api/v1/hosts");
        client.json("POST", "/api/v1/hosts", "{}");
        client.json("POST", "/api/v1/runs", "{}");

        assertThat(trail.entries(null, 10).items()).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("token ci-bot");
            assertThat(entry.via()).matches("token:[a-z0-9]{8}");
            assertThat(entry.action()).isEqualTo("run.start");
            assertThat(entry.subject()).isEqualTo("/runs");
        });
    }

    private int statusOf(String name, String path) {
        var client = new WebClient(port);
        client.signIn(name, PASSWORD);
        return client.with("X-CSRF-TOKEN", client.csrf("/login"))
                .json("POST", path, "{}")
                .statusCode();
    }
}
