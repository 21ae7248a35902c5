package dev.cachewarden.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.ServiceStage;
import dev.cachewarden.testing.WebClient;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is sent to a page or to REST, the answer is never a failure of the service. Each address is tried with values that are wrong in
 * many ways; what answers 500 is printed with the seed that repeats it.
 */
@ExtendWith(OutputCaptureExtension.class)
class BadInputIntegrationTests extends ServiceStage {

    /** How often each address is tried. */
    private static final int TRIES = Integer.getInteger("cachewarden.test.bad-input", 12);

    private static final long SEED = Long.getLong("cachewarden.test.bad-input-seed", 20_261_128);

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    /** A host that is not there is waited for, so it is tried in tests of its own; the others answer as long as something happens. */
    private static final List<String> LEFT_OUT =
            List.of("/api/v1/hosts/test", "/api/v1/runs/{id}/events", "/runs/{id}/events", "/api/v1/hosts", "/error");

    /** How many requests are made from the OpenAPI document. */
    private static final int REQUESTS = Integer.getInteger("cachewarden.test.api-fuzz", 2_000);

    private static final Pattern STACK_TRACE = Pattern.compile("at [a-z]+(\\.[A-Za-z]+)+\\(|Exception:");

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private Accounts accounts;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private final BadInput input = new BadInput(SEED);
    private final List<String> failures = new ArrayList<>();
    private String secret = "";
    private WebClient script = new WebClient(1);
    private WebClient person = new WebClient(1);

    @BeforeEach
    void somethingToAskFor() {
        database.clear();
        var token = tokens.issue("fuzz", Set.of(Scope.values()), null, database.tokenOwner());
        secret = token.secret();
        script = new WebClient(port).with("Authorization", "Bearer " + secret);
        accounts.add("ann", Role.ADMIN, PASSWORD);
        person = new WebClient(port);
        person.signIn("ann", PASSWORD);
        database.jdbc().update("""
                with added as (
                    insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                    values ('one', 'DOCKER_ENGINE', 'unix:///nowhere', 60, now(), now()) returning id)
                insert into builder (host_id, name, driver, created_at) select id, 'default', 'docker', now() from added""");
        script.json("POST", "/api/v1/policies", """
                {"name": "nightly", "rules": [{"types": ["source.local"], "unusedFor": "48h"}]}""");
        script.with("X-Nothing", "x")
                .json("POST", "/api/v1/builds?project=shop/web", "#1 [1/1] RUN make\n#1 DONE 1.0s\n");
    }

    @Test
    void noPathFailsForRandomParameters() {
        var addresses = new TreeMap<String, List<String>>();
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            if (mapping.getMethodsCondition().getMethods().equals(Set.of(RequestMethod.GET))) {
                mapping.getPatternValues().forEach(pattern -> addresses.put(pattern, parameters(method)));
            }
        });
        assertThat(addresses).hasSizeGreaterThan(60);

        addresses.forEach((pattern, names) -> {
            for (int i = 0; i < TRIES && !LEFT_OUT.contains(pattern); i++) {
                String address = filled(pattern) + input.query(names);
                recordFailure("GET", address, "", (pattern.startsWith("/api/") ? script : person).get(address));
            }
        });

        assertThat(failures).as("seed " + SEED).isEmpty();
    }

    @Test
    void noRequestMadeFromTheOpenApiDocumentFailsAndEachRefusalNamesThePart(CapturedOutput log) {
        var document =
                JsonMapper.builder().build().readTree(script.get("/v3/api-docs").body());
        var schemas = document.path("components").path("schemas");
        var operations = operations(document);
        assertThat(operations).hasSizeGreaterThan(50);
        var requests = new BadRequests(SEED);
        for (int i = 0; i < REQUESTS; i++) {
            var operation = operations.get(i % operations.size());
            var request = requests.next(operation.method(), operation.path(), operation.node(), schemas);
            check(request, request.with("Authorization: Bearer " + secret).send(port));
        }

        assertThat(failures).as("%d requests with seed %d", REQUESTS, SEED).isEmpty();
        assertThat(log.getOut()).doesNotContain("Request failed");
    }

    private record Operation(String method, String path, JsonNode node) {}

    /** All but those that delete, and those that wait for a host or for events. */
    private static List<Operation> operations(JsonNode document) {
        var operations = new ArrayList<Operation>();
        for (var path : document.path("paths").properties()) {
            for (String method : List.of("get", "post", "put", "patch")) {
                var node = path.getValue().path(method);
                boolean waits = LEFT_OUT.contains(path.getKey())
                        && !(method.equals("get") && path.getKey().equals("/api/v1/hosts"));
                if (!node.isMissingNode() && !waits) {
                    operations.add(new Operation(method, path.getKey(), node));
                }
            }
        }
        return operations;
    }

    private void check(RawRequest request, RawRequest.Answer answer) {
        String wrong = null;
        if (answer.status() == 0 || answer.status() >= 500) {
            wrong = "failed";
        } else if (STACK_TRACE.matcher(answer.body()).find()) {
            wrong = "shows a stack trace";
        } else if (answer.status() == 400 && !answer.body().contains("\"detail\":\"")) {
            wrong = "is refused without a problem document";
        } else if (answer.status() == 400 && answer.body().contains("was not understood")) {
            wrong = "is refused without a name of the part";
        }
        if (wrong != null) {
            failures.add(wrong + ": " + answer.status() + " " + request + " → " + cut(answer.body()));
        }
    }

    private static String cut(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    /** Named ones of outside tests, with an account and without. */
    @ParameterizedTest
    @ValueSource(strings = {"x=%ff", "x=%", "=1", "a%0ab=1", "x=%00"})
    void invalidQueryReturnsAPageOrAProblem(String query) {
        var page = new RawRequest("GET", "/login?" + query, List.of("Accept: text/html"), new byte[0]).send(port);
        var problem = new RawRequest("GET", "/api/v1/hosts?" + query, List.of(), new byte[0])
                .with("Authorization: Bearer " + secret)
                .send(port);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body()).contains("Invalid input", "<html");
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.head()).contains("application/problem+json");
        assertThat(problem.body()).contains("\"errors\":[{\"field\":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */*                             | 415
            multipart/form-data             | 415
            multipart/form-data; boundary=x | 415
            text/plain; charset=nonsense    | 415
            nonsense                        | 415
            """)
    void contentTypeThatCannotBeReadIsNamed(String type, int status) {
        for (var path : List.of("/api/v1/builds", "/api/v1/policies", "/login")) {
            var answer = new RawRequest(
                            "POST", path, List.of("Content-Type: " + type), "x".getBytes(StandardCharsets.US_ASCII))
                    .with("Authorization: Bearer " + secret)
                    .send(port);

            assertThat(answer.status()).as(path).isEqualTo(status);
            assertThat(answer.body()).as(path).contains("Content-Type");
        }
    }

    @Test
    void formThatCannotBeReadIsNamedWithoutAnAccount() {
        for (var body : List.of("username=%ff&password=x", "username=%&password=x", "a%00=1", "username=a%00b")) {
            var answer = new RawRequest(
                            "POST",
                            "/login",
                            List.of("Content-Type: application/x-www-form-urlencoded", "Accept: text/html"),
                            body.getBytes(StandardCharsets.US_ASCII))
                    .send(port);

            assertThat(answer.status()).as(body).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "a\\u0000b"}                                          | name    | contains NUL (U+0000)
            {"name": "x", "pins": [null]}                                  | pins    | must not be null
            {"name": "x", "rules": [{"filters": [null]}]}                  | rules[0].filters | must not be null
            {"name": "x", "pins": ["description~=((a{1000}){1000}){1000}"]} | pins    | too complex
            """)
    void bodyThatCannotBeTakenNamesTheField(String body, String field, String reason) {
        var answer = script.json("POST", "/api/v1/policies", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"" + field, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/cbor", "application/xml"})
    void bodyInAnotherFormatIsRefused(String type) {
        for (var path : List.of("/api/v1/policies", "/api/v1/plans", "/api/v1/hosts", "/api/v1/tokens")) {
            var answer = new RawRequest(
                            "POST", path, List.of("Content-Type: " + type), "{}".getBytes(StandardCharsets.US_ASCII))
                    .with("Authorization: Bearer " + secret)
                    .send(port);

            assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(415);
            assertThat(answer.body()).as(path).contains("application/json");
        }
    }

    @Test
    void bodyThatIsTooDeepOrTooLargeIsRefused() {
        for (var body : List.of(
                "[".repeat(60) + "]".repeat(60),
                "{\"name\":\"" + "x".repeat(300_000) + "\"}",
                "[" + " ".repeat(2_100_000) + "]")) {
            var answer = script.json("POST", "/api/v1/policies", body);

            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 413);
        }
    }

    @ParameterizedTest
    @CsvSource({"feature/Ã, feature/Ä", "feature/%C3%84, feature/Ä", "æ¥æ¬, 日本", "%F0%9F%98%80, 😀"})
    void branchOfAnyNameIsStored(String header, String name) {
        var answer = new RawRequest(
                        "POST",
                        "/api/v1/builds",
                        List.of(
                                "X-Cachewarden-Branch: " + header,
                                "X-Cachewarden-Project: p",
                                "Content-Type: application/octet-stream"),
                        ("#1 [1/1] RUN make " + header + "\n#1 DONE 1.0s\n").getBytes(StandardCharsets.ISO_8859_1))
                .with("Authorization: Bearer " + secret)
                .send(port);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(script.get("/api/v1/builds?branch=" + BadInput.encoded(name)).body())
                .contains("\"branch\":\"" + name + "\"");
    }

    private String filled(String pattern) {
        return VARIABLE.matcher(pattern).replaceAll(variable -> input.id());
    }

    private void recordFailure(String method, String address, String body, HttpResponse<String> answer) {
        if (answer.statusCode() >= 500) {
            failures.add(answer.statusCode() + " " + method + " " + address + " " + body);
        }
    }

    /** Names of what stands in the query: single ones, and those of a record that holds several. */
    private static List<String> parameters(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(BadInputIntegrationTests::names)
                .distinct()
                .toList();
    }

    private static Stream<String> names(MethodParameter parameter) {
        var type = parameter.getParameterType();
        if (type.isRecord() && parameter.getParameterAnnotations().length == 0) {
            return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName);
        }
        return Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                .map(annotation ->
                        annotation.name().isEmpty() ? parameter.getParameter().getName() : annotation.name())
                .stream();
    }
}
