package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.jayway.jsonpath.JsonPath;
import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a token: made, used, expired, revoked. */
class TokenIntegrationTests extends AccessStage {

    @Test
    void expiredAndRevokedTokensOpenNothing() {
        var soon = tokens.issue("soon", Set.of(Scope.READ), clock.instant().plusSeconds(60), "ann");
        var revoked = tokens.issue("gone", Set.of(Scope.READ), null, "ann");
        assertThat(bearer(soon.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(200);
        assertThat(bearer(revoked.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(200);

        clock.pass(Duration.ofSeconds(60));
        tokens.revoke(revoked.token().id());

        assertThat(bearer(soon.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(401);
        assertThat(bearer(revoked.secret()).get("/api/v1/hosts").statusCode()).isEqualTo(401);
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
        var client = withToken(Scope.ADMIN, Scope.READ, Scope.PRUNE);

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
        assertThat(client.get("/api/v1/tokens/" + id).body())
                .contains("nightly")
                .doesNotContain(secret);
        assertThat(client.get("/api/v1/tokens/999").body()).contains("There is no token 999.");
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
            {"name": " ", "scopes": ["read"]}                                      | name      | must be 1 to 64 characters
            {"name": "x", "scopes": []}                                            | scopes    | must contain at least one scope
            {"name": "x"}                                                          | scopes    | must contain at least one scope
            {"name": "x", "scopes": ["root"]}                                      | scopes[0] | 'root' is not a scope; use one of read, preview, prune, ingest, admin
            {"name": "x", "scopes": ["read"], "expiresAt": "2020-01-01T00:00:00Z"} | expiresAt | must be in the future
            """)
    void tokenThatCannotBeMadeNamesTheField(String body, String field, String reason) {
        var answer = withToken(Scope.values()).json("POST", "/api/v1/tokens", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].field")).isEqualTo(field);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].reason")).isEqualTo(reason);
    }

    @Test
    void tokenFollowsItsOwnerAndStaysRevokedAfterRemoval() {
        accounts.changeRole("otto", Role.ADMIN);
        var secret = tokens.issue("ci-bot", Set.of(Scope.READ, Scope.ADMIN), null, "otto")
                .secret();
        assertThat(bearer(secret).json("POST", "/api/v1/hosts", "{}").statusCode())
                .isEqualTo(200);

        accounts.changeRole("otto", Role.VIEWER);
        assertThat(bearer(secret).get("/api/v1/hosts").statusCode()).isEqualTo(200);
        assertThat(bearer(secret).json("POST", "/api/v1/hosts", "{}").statusCode())
                .isEqualTo(403);

        accounts.remove("otto");
        assertThat(bearer(secret).get("/api/v1/hosts").statusCode()).isEqualTo(401);
        accounts.add("otto", Role.ADMIN, PASSWORD);
        assertThat(bearer(secret).get("/api/v1/hosts").statusCode()).isEqualTo(401);
        assertThat(tokens.all().getFirst().revokedAt()).isNotNull();
    }

    @Test
    void tokenGivesNoScopeThatItLacks() {
        var answer = withToken(Scope.ADMIN, Scope.READ).json("POST", "/api/v1/tokens", """
                {"name": "more", "scopes": ["read", "prune", "ingest"]}""");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].field")).isEqualTo("scopes");
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].reason"))
                .isEqualTo("must contain only your own scopes; you do not have ingest, prune");
        assertThat(tokens.all()).hasSize(1);
    }

    @Test
    void tokenMadeByATokenEndsWithItAndWithTheOwnerOfBoth() {
        accounts.changeRole("otto", Role.ADMIN);
        var parent = tokens.issue("parent", Set.of(Scope.READ, Scope.ADMIN), null, "otto");
        var made = bearer(parent.secret()).json("POST", "/api/v1/tokens", """
                {"name": "child", "scopes": ["read", "admin"]}""");
        var child = bearer(JsonPath.read(made.body(), "$.secret"));
        assertThat((String) JsonPath.read(made.body(), "$.token.owner")).isEqualTo("otto");
        assertThat(child.get("/api/v1/hosts").statusCode()).isEqualTo(200);

        accounts.changeRole("otto", Role.VIEWER);
        assertThat(child.json("POST", "/api/v1/hosts", "{}").statusCode()).isEqualTo(403);
        assertThat(child.get("/api/v1/hosts").statusCode()).isEqualTo(200);

        tokens.revoke(parent.token().id());
        assertThat(child.get("/api/v1/hosts").statusCode()).isEqualTo(401);
    }

    @Test
    void tokenOfAnUnknownOwnerIsNotAccepted() {
        var secret = tokens.issue("old", Set.of(Scope.READ), null, "ann").secret();
        database.jdbc().update("update api_token set owner = null");

        assertThat(bearer(secret).get("/api/v1/hosts").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/settings/users", "/settings/tokens", "/settings/password"})
    void tokenCannotUseTheAccountPages(String path) {
        var answer = withToken(Scope.values()).post(path, "name", "eve", "role", "ADMIN", "password", PASSWORD);

        assertThat(answer.statusCode()).isIn(403, 404);
        assertThat(accounts.find("eve")).isEmpty();
    }

    private Instant lastUse() {
        var use = tokens.all().getFirst().lastUsedAt();
        assertThat(use).isNotNull();
        return use;
    }
}
