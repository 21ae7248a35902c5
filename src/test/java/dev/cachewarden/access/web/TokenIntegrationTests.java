package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.jayway.jsonpath.JsonPath;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The life of a token: made, used, expired, revoked. */
@SpringBootTest(classes = AccessApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TokenIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
    }

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @Autowired
    AuditTrail trail;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void expiredAndRevokedTokensOpenNothing() {
        var soon = tokens.issue("soon", Set.of(Scope.READ), clock.instant().plusSeconds(60), "ann");
        var gone = tokens.issue("gone", Set.of(Scope.READ), null, "ann");
        assertThat(bearer(soon.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(200);
        assertThat(bearer(gone.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(200);

        clock.pass(Duration.ofSeconds(60));
        tokens.revoke(gone.token().id());

        assertThat(bearer(soon.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(401);
        assertThat(bearer(gone.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(401);
    }

    @Test
    void useOfATokenIsStoredOnceAMinute() {
        var secret = tokens.issue("ci-bot", Set.of(Scope.READ), null, "ann").secret();
        var first = clock.instant();
        bearer(secret).get("/api/v1/hosts");
        clock.pass(Duration.ofSeconds(59));
        bearer(secret).get("/api/v1/hosts");
        assertThat(lastUse()).isEqualTo(first);

        clock.pass(Duration.ofSeconds(1));
        bearer(secret).get("/api/v1/hosts");
        assertThat(lastUse()).isEqualTo(first.plusSeconds(60));
    }

    @Test
    void tokensAreMadeListedAndRevokedByRest() {
        var client = withToken(Scope.ADMIN);

        var made = client.json("POST", "/api/v1/tokens", """
                {"name": "nightly", "scopes": ["prune", "read"], "expiresAt": "2027-01-01T00:00:00Z"}""");
        assertThat(made.statusCode()).isEqualTo(201);
        String secret = JsonPath.read(made.body(), "$.secret");
        int id = JsonPath.read(made.body(), "$.token.id");
        assertThat(secret).matches("cw_[a-z0-9]{8}_[A-Za-z0-9]{43}");
        assertThat(header(made, "Location")).isEqualTo("/api/v1/tokens/" + id);
        assertThat((Object) JsonPath.read(made.body(), "$.token.scopes")).hasToString("[\"read\",\"prune\"]");
        assertThat(bearer(secret).get("/api/v1/hosts").statusCode()).isEqualTo(200);

        assertThat(client.get("/api/v1/tokens").body()).contains("nightly").doesNotContain(secret);
        assertThat(client.json("DELETE", "/api/v1/tokens/" + id, null).statusCode())
                .isEqualTo(200);
        assertThat(bearer(secret).get("/api/v1/hosts").statusCode()).isEqualTo(401);
        assertThat(trail.entries(null, 2).items())
                .extracting(AuditEntry::action, AuditEntry::detail)
                .containsExactly(
                        tuple("token.revoke", null),
                        tuple("token.create", "scopes read, prune, expires 2027-01-01T00:00:00Z"));
        assertThat(database.jdbc().queryForList("select * from api_token").toString())
                .doesNotContain(secret);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name": " ", "scopes": ["read"]}                                      | name      | is to say what the token is for, in 1 to 64 characters
            {"name": "x", "scopes": []}                                            | scopes    | is empty; a token without a scope opens nothing
            {"name": "x"}                                                          | scopes    | is empty; a token without a scope opens nothing
            {"name": "x", "scopes": ["root"]}                                      | scopes[0] | 'root' is not a scope; there are read, preview, prune, ingest, admin
            {"name": "x", "scopes": ["read"], "expiresAt": "2020-01-01T00:00:00Z"} | expiresAt | is in the past
            """)
    void tokenThatCannotBeMadeNamesTheField(String body, String field, String reason) {
        var answer = withToken(Scope.ADMIN).json("POST", "/api/v1/tokens", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].field")).isEqualTo(field);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].reason")).isEqualTo(reason);
    }

    private WebClient withToken(Scope... scopes) {
        return bearer(tokens.issue("ci-bot", Set.of(scopes), null, "ann").secret());
    }

    private WebClient bearer(String secret) {
        return new WebClient(port).with("Authorization", "Bearer " + secret);
    }

    private Instant lastUse() {
        var use = tokens.all().getFirst().lastUsedAt();
        assertThat(use).isNotNull();
        return use;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }
}
