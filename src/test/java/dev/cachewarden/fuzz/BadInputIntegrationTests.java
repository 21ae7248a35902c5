package dev.cachewarden.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.MethodParameter;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
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
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BadInputIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    /** How often each address is tried. */
    private static final int TRIES = Integer.getInteger("cachewarden.test.bad-input", 12);

    private static final long SEED = Long.getLong("cachewarden.test.bad-input-seed", 20_261_128);

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    /** A host that is not there is waited for, so it is tried in tests of its own; the others answer as long as something happens. */
    private static final List<String> LEFT_OUT =
            List.of("/api/v1/hosts/test", "/api/v1/runs/{id}/events", "/runs/{id}/events", "/api/v1/hosts", "/error");

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Accounts accounts;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @LocalServerPort
    private int port;

    private final BadInput input = new BadInput(SEED);
    private final List<String> failures = new ArrayList<>();
    private WebClient script = new WebClient(1);
    private WebClient person = new WebClient(1);

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("cachewarden.history.polling", () -> "false");
    }

    @BeforeEach
    void somethingToAskFor() {
        database.clear();
        var token = tokens.issue("fuzz", Set.of(Scope.values()), null, "test");
        script = new WebClient(port).with("Authorization", "Bearer " + token.secret());
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
    void noAddressFailsWhateverIsAskedOfIt() {
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
                tell("GET", address, "", (pattern.startsWith("/api/") ? script : person).get(address));
            }
        });

        assertThat(failures).as("seed " + SEED).isEmpty();
    }

    @Test
    void noBodyMakesRestFail() {
        var document =
                JsonMapper.builder().build().readTree(script.get("/v3/api-docs").body());
        var schemas = document.path("components").path("schemas");
        for (var path : document.path("paths").properties()) {
            for (String method : List.of("post", "put")) {
                var operation = path.getValue().path(method);
                for (int i = 0; i < TRIES && !operation.isMissingNode() && !LEFT_OUT.contains(path.getKey()); i++) {
                    send(method, path.getKey(), operation, schemas);
                }
            }
        }

        assertThat(failures).as("seed " + SEED).isEmpty();
    }

    private void send(String method, String pattern, JsonNode operation, JsonNode schemas) {
        var names = new ArrayList<String>();
        operation
                .path("parameters")
                .forEach(parameter -> names.add(parameter.path("name").asString()));
        String address = filled(pattern) + input.query(names);
        var schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        String body = schema.isMissingNode() ? input.text() : input.body(schema, schemas);
        tell(method, address, body, script.json(method.toUpperCase(Locale.ROOT), address, body));
    }

    private String filled(String pattern) {
        return VARIABLE.matcher(pattern).replaceAll(variable -> input.id());
    }

    private void tell(String method, String address, String body, HttpResponse<String> answer) {
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
