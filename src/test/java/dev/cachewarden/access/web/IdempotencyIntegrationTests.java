package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.cachewarden.access.ApiTokens.IssuedToken;
import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.IdempotentRequests;
import dev.cachewarden.access.IdempotentRequests.CallerKey;
import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.InvalidInputException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests that are repeated with the same {@code Idempotency-Key}. */
@Import(IdempotencyIntegrationTests.Counting.class)
class IdempotencyIntegrationTests extends AccessStage {

    private static final String BODY = "{\"name\": \"Größe\"}";

    /** Creates a numbered thing with each request. */
    @RestController
    @TestComponent
    static class Counting {

        static final AtomicInteger created = new AtomicInteger();

        @PostMapping({"/api/v1/policies", "/api/v1/policies/other"})
        ResponseEntity<Map<String, Object>> create(
                @RequestBody Map<String, String> body, @RequestParam(defaultValue = "false") boolean fail) {
            int number = created.incrementAndGet();
            if (fail) {
                throw new InvalidInputException("name", "must be better");
            }
            return ResponseEntity.created(URI.create("/api/v1/policies/" + number))
                    .body(Map.of("number", number, "name", body.getOrDefault("name", "")));
        }
    }

    @Autowired
    IdempotentRequests requests;

    @BeforeEach
    void resetCount() {
        Counting.created.set(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the same request | k-1 | /api/v1/policies            | {"name": "Größe"}  | 201 | 1
            another body     | k-1 | /api/v1/policies            | {"name": "Länge"}  | 409 | 1
            other spaces     | k-1 | /api/v1/policies            | {"name":"Größe"}   | 409 | 1
            another query    | k-1 | /api/v1/policies?fail=false | {"name": "Größe"}  | 409 | 1
            another path     | k-1 | /api/v1/policies/other      | {"name": "Größe"}  | 409 | 1
            another key      | k-2 | /api/v1/policies            | {"name": "Größe"}  | 201 | 2
            no key           |     | /api/v1/policies            | {"name": "Größe"}  | 201 | 2
            """)
    void secondRequest(String which, @Nullable String key, String path, String body, int status, int created) {
        var token = token(Scope.ADMIN);
        var first = post(token, "k-1", "/api/v1/policies", BODY);
        assertThat(first.statusCode()).isEqualTo(201);

        var second = post(token, key, path, body);

        assertThat(second.statusCode()).isEqualTo(status);
        assertThat(Counting.created).as(which).hasValue(created);
        if (created == 1 && status == 201) {
            assertThat(second.body()).isEqualTo(first.body()).contains("Größe");
            assertThat(header(second, "Location")).isEqualTo("/api/v1/policies/1");
            assertThat(header(second, "Content-Type")).isEqualTo(header(first, "Content-Type"));
        }
        if (status == 409) {
            assertThat((String) JsonPath.read(second.body(), "$.detail"))
                    .isEqualTo("This Idempotency-Key was already used for a different request. Use a new key for each"
                            + " request.");
        }
    }

    @Test
    void aKeyBelongsToOneCaller() {
        post(token(Scope.ADMIN), "k-1", "/api/v1/policies", BODY);

        var other = post(token(Scope.ADMIN), "k-1", "/api/v1/policies", BODY);
        var forbidden = post(token(Scope.READ), "k-1", "/api/v1/policies", BODY);

        assertThat((int) JsonPath.read(other.body(), "$.number")).isEqualTo(2);
        assertThat(forbidden.statusCode()).isEqualTo(403);
    }

    @Test
    void aFailedRequestReleasesItsKey() {
        var token = token(Scope.ADMIN);

        assertThat(post(token, "k-1", "/api/v1/policies?fail=true", BODY).statusCode())
                .isEqualTo(400);
        assertThat(post(token, "k-1", "/api/v1/policies?fail=true", BODY).statusCode())
                .isEqualTo(400);
        assertThat(Counting.created).hasValue(2);
        assertThat(post(token, "k-1", "/api/v1/policies", BODY).statusCode()).isEqualTo(201);
    }

    @Test
    void anUnfinishedRequestIsNotRepeated() {
        var token = token(Scope.ADMIN);
        requests.claim(
                new CallerKey("token " + token.token().prefix(), "k-1"),
                "/api/v1/policies",
                BODY.getBytes(StandardCharsets.UTF_8));

        var answer = post(token, "k-1", "/api/v1/policies", BODY);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat((String) JsonPath.read(answer.body(), "$.detail"))
                .isEqualTo("A request with this Idempotency-Key has not ended, or it was interrupted. Check its result"
                        + " before you send it again with a new key.");
        assertThat(Counting.created).hasValue(0);
    }

    @Test
    void aKeyIsRememberedForADay() {
        var token = token(Scope.ADMIN);
        post(token, "k-1", "/api/v1/policies", BODY);

        clock.pass(Duration.ofDays(1));
        post(token, "k-1", "/api/v1/policies", BODY);
        assertThat(Counting.created).hasValue(1);

        clock.pass(Duration.ofSeconds(1));
        post(token, "k-1", "/api/v1/policies", BODY);
        assertThat(Counting.created).hasValue(2);
    }

    @Test
    void aRepeatedRequestHasOneAuditEntry() {
        var token = token(Scope.ADMIN);
        post(token, "k-1", "/api/v1/policies", BODY);
        post(token, "k-1", "/api/v1/policies", BODY);

        assertThat(trail.entries(null, 10).items())
                .extracting(AuditEntry::action)
                .containsExactly("policy.add");
    }

    @Test
    void aSecretIsNeitherStoredNorShownAgain() {
        var token = token(Scope.ADMIN, Scope.READ);
        String body = "{\"name\": \"ci\", \"scopes\": [\"read\"]}";
        var first = post(token, "k-1", "/api/v1/tokens", body);
        String secret = JsonPath.read(first.body(), "$.secret");

        var second = post(token, "k-1", "/api/v1/tokens", body);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat((String) JsonPath.read(second.body(), "$.detail"))
                .isEqualTo("This Idempotency-Key already created " + header(first, "Location")
                        + ". Cachewarden does not store the secret in the response. Use a new key to create another"
                        + " one.");
        assertThat(tokens.all()).hasSize(2);
        assertThat(rows()).doesNotContain(secret).contains("k-1");
    }

    @Test
    void theBodyOfARequestIsStoredLikeAPassword() {
        post(token(Scope.ADMIN), "k-1", "/api/v1/policies?fail=false", "{\"password\": \"" + PASSWORD + "\"}");

        assertThat(rows()).doesNotContain(PASSWORD).contains("{bcrypt}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a#b"})
    void anInvalidKeyIsRefused(String key) {
        var answer = post(token(Scope.ADMIN), key, "/api/v1/policies", BODY);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat((String) JsonPath.read(answer.body(), "$.errors[0].field")).isEqualTo("Idempotency-Key");
        assertThat(Counting.created).hasValue(0);
    }

    @Test
    void aLargeBodyIsRefused() {
        var answer = post(token(Scope.ADMIN), "k-1", "/api/v1/policies", "{\"name\": \"" + "x".repeat(1 << 20) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Counting.created).hasValue(0);
    }

    private IssuedToken token(Scope... scopes) {
        return tokens.issue("ci-bot", Set.of(scopes), null, "ann");
    }

    private HttpResponse<String> post(IssuedToken token, @Nullable String key, String path, String body) {
        var client = bearer(token.secret());
        return (key == null ? client : client.with("Idempotency-Key", key)).json("POST", path, body);
    }

    private static String rows() {
        return database.jdbc().queryForList("select * from idempotent_request").toString();
    }
}
