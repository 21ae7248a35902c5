package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.jayway.jsonpath.JsonPath;
import dev.cachewarden.access.Account;
import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.WebClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** User accounts by REST: created, changed, and deleted, within the rights of the token. */
class UserRestIntegrationTests extends AccessStage {

    @Test
    void usersAreCreatedChangedAndDeleted() {
        var client = withToken(Scope.values());

        var created = client.json("POST", "/api/v1/users", """
                {"name": "eve@example", "role": "OPERATOR", "password": "correct horse battery"}""");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/users/eve@example");
        assertThat(created.body()).contains("OPERATOR").doesNotContain("horse", "bcrypt");
        assertThat(new WebClient(port).signIn("eve@example", PASSWORD).headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).doesNotContain("login"));

        String same = client.get("/api/v1/users/eve@example").body();
        assertThat(client.json("PUT", "/api/v1/users/eve@example", same).statusCode())
                .isEqualTo(200);
        var changed = client.json("PUT", "/api/v1/users/eve@example", "{\"role\": \"ADMIN\"}");
        assertThat((String) JsonPath.read(changed.body(), "$.role")).isEqualTo("ADMIN");

        assertThat(client.json("DELETE", "/api/v1/users/eve@example", null).statusCode())
                .isEqualTo(204);
        assertThat(client.get("/api/v1/users/eve@example").statusCode()).isEqualTo(404);
        assertThat(trail.entries(null, 10).items())
                .filteredOn(entry -> entry.action().startsWith("user."))
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::subject, AuditEntry::detail)
                .containsExactly(
                        tuple("token ci-bot", "user.delete", "eve@example", null),
                        tuple("token ci-bot", "user.role", "eve@example", "now admin"),
                        tuple("token ci-bot", "user.create", "eve@example", "role operator"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   |       | {"name": "a b", "password": "correct horse battery"} | 400 | 'a b' is not a valid name
            POST   |       | {"name": "eve", "password": "short"}                 | 400 | must have at least 12 characters
            POST   |       | {"name": "ANN", "password": "correct horse battery"} | 400 | 'ANN' is the name of another user; choose a different one
            POST   |       | {"name": "eve", "role": "ROOT"}                      | 400 | is not one of VIEWER, OPERATOR, ADMIN
            POST   |       | {}                                                   | 400 | 2 fields are invalid. Nothing was saved.
            PUT    | /otto | {"name": "otto2", "role": "VIEWER"}                  | 400 | cannot be changed
            PUT    | /otto | {"name": "otto"}                                     | 400 | 'role': is missing
            PUT    | /otto | {"role": "VIEWER", "password": "correct horse"}      | 400 | is an unknown property
            PUT    | /eve  | {"role": "VIEWER"}                                   | 404 | There is no user 'eve'.
            DELETE | /eve  |                                                      | 404 | There is no user 'eve'.
            PUT    | /ann  | {"role": "VIEWER"}                                   | 409 | 'ann' is the last administrator
            DELETE | /ann  |                                                      | 409 | 'ann' is the last administrator
            """)
    void refusedChangesNameTheReason(
            String method, @Nullable String name, @Nullable String body, int status, String reason) {
        var answer = withToken(Scope.values()).json(method, "/api/v1/users" + (name == null ? "" : name), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(reason);
        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   |       | {"name": "eve", "role": "ADMIN", "password": "correct horse battery"} | role | the role admin also has prune, ingest
            PUT    | /otto | {"role": "ADMIN"}                                                     | name | the role operator also has prune
            PUT    | /ann  | {"role": "VIEWER"}                                                    | name | the role admin also has prune, ingest
            DELETE | /ann  |                                                                       | name | the role admin also has prune, ingest
            DELETE | /otto |                                                                       | name | the role operator also has prune
            """)
    void aTokenChangesNoAccountWithMoreRights(
            String method, @Nullable String name, @Nullable String body, String field, String reason) {
        var answer = withToken(Scope.ADMIN, Scope.READ, Scope.PREVIEW)
                .json(method, "/api/v1/users" + (name == null ? "" : name), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].field")).isEqualTo(field);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].reason"))
                .isEqualTo("must be within the scopes of the token; " + reason);
        assertUnchanged();
    }

    @Test
    void aTokenWithoutTheScopeAdminChangesNoUser() {
        var client = withToken(Scope.READ, Scope.PREVIEW, Scope.PRUNE, Scope.INGEST);

        assertThat(client.get("/api/v1/users").statusCode()).isEqualTo(403);
        assertThat(client.get("/api/v1/users/otto").statusCode()).isEqualTo(403);
        assertThat(client.json("DELETE", "/api/v1/users/otto", null).statusCode())
                .isEqualTo(403);
        assertUnchanged();
    }

    @Test
    void aRepeatedRequestCreatesOneUserAndStoresNoPassword() {
        var client = withToken(Scope.values()).with("Idempotency-Key", "k-1");
        String body = "{\"name\": \"eve\", \"password\": \"correct horse battery\"}";

        var first = client.json("POST", "/api/v1/users", body);
        var second = client.json("POST", "/api/v1/users", body);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(database.jdbc()
                        .queryForList("select * from idempotent_request")
                        .toString())
                .doesNotContain("horse");
    }

    private void assertUnchanged() {
        assertThat(accounts.all())
                .extracting(Account::name, Account::role)
                .containsExactly(tuple("ann", Role.ADMIN), tuple("otto", Role.OPERATOR), tuple("vera", Role.VIEWER));
    }
}
