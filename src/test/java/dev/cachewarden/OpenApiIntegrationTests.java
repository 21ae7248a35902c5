package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.ServiceStage;
import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document describes each operation, parameter, schema, and property. */
class OpenApiIntegrationTests extends ServiceStage {

    /** The verbs at the start of operation IDs. */
    private static final Pattern VERB = Pattern.compile(
            "(acknowledge|activate|apply|approve|cancel|check|confirm|create|delete|discard|export|get|list|plan"
                    + "|preview|probe|release|replay|restore|revoke|run|sample|save|stream|test|update|upload)[A-Z][A-Za-z]+");

    private WebClient client = new WebClient(1);
    private final List<String> problems = new ArrayList<>();
    private JsonNode document = JsonMapper.shared().nullNode();

    @BeforeEach
    void readDocument() {
        database.clear();
        var token = tokens.issue("openapi", Set.of(Scope.READ, Scope.ADMIN, Scope.PRUNE), null, database.tokenOwner());
        client = new WebClient(port).with("Authorization", "Bearer " + token.secret());
        document = JsonMapper.shared().readTree(client.get("/v3/api-docs").body());
    }

    @Test
    void introductionNamesTheApiItsTagsAndItsAuthentication() {
        assertThat(document.at("/info/title").asString()).isEqualTo("Cachewarden REST API");
        assertThat(document.at("/info/version").asString()).isEqualTo("v1");
        assertThat(document.at("/info/description").asString()).contains("next", "RFC 9457");
        assertThat(document.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        assertThat(document.at("/components/securitySchemes/session/in").asString())
                .isEqualTo("cookie");
        assertThat(document.path("security")).hasSize(2);
        assertThat(document.path("tags")).isNotEmpty().allSatisfy(tag -> described("tag", tag));
        assertThat(problems).isEmpty();
    }

    @Test
    void everyOperationHasOneTagAnIdWithAVerbAndDescriptions() {
        var tags = names(document.path("tags"));
        var ids = new HashSet<String>();
        operations().forEach((place, operation) -> {
            described(place, operation);
            check(place + ": tag", operation.path("tags").size() == 1 && tags.contains(tag(operation)));
            String id = operation.path("operationId").asString("");
            check(place + ": operationId " + id, VERB.matcher(id).matches() && ids.add(id));
            operation.path("parameters").forEach(parameter -> {
                String name = place + " parameter " + parameter.path("name").asString();
                described(name, parameter);
                schema(name, parameter.path("schema"));
            });
        });
        assertThat(ids).hasSizeGreaterThan(80);
        assertThat(problems).isEmpty();
    }

    @Test
    void everyResponseHasARealStatusAndASchema() {
        operations().forEach((place, operation) -> {
            var responses = operation.path("responses");
            check(place + ": success", responses.propertyNames().stream().anyMatch(status -> status.startsWith("2")));
            var errors = new ArrayList<>(List.of("400", "401", "403", "503"));
            if (operation.has("requestBody")) {
                errors.addAll(List.of("413", "415"));
            }
            for (var status : errors) {
                check(
                        place + ": " + status,
                        responses.path(status).path("$ref").asString("").endsWith("Error" + status));
            }
            responses.forEachEntry((status, response) -> {
                if (status.startsWith("2")) {
                    described(place + " " + status, response);
                    check(
                            place + " " + status + ": content",
                            response.path("content").isEmpty() == status.equals("204"));
                    response.path("content").forEachEntry((type, content) -> {
                        check(place + " " + status + ": type " + type, !type.contains("*"));
                        schema(place + " " + status + " " + type, content.path("schema"));
                    });
                }
            });
        });
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "createHost, 201",
        "createPolicy, 201",
        "createPin, 201",
        "createToken, 201",
        "createUser, 201",
        "updateUser, 200",
        "createPlan, 201",
        "createRun, 200 202",
        "runPlan, 200 202",
        "runPolicy, 202",
        "uploadBuilds, 200 201",
        "deleteHost, 204",
        "deletePolicy, 204",
        "deletePin, 204",
        "deleteUser, 204",
        "deleteBuild, 204",
        "discardDraft, 204",
        "confirmEngine, 204",
        "listHosts, 200"
    })
    void statusOfAnOperation(String id, String successes) {
        assertThat(String.join(
                        " ",
                        operation(id).path("responses").propertyNames().stream()
                                .filter(status -> status.startsWith("2"))
                                .sorted()
                                .toList()))
                .isEqualTo(successes);
    }

    @Test
    void everyPostExceptUploadsAcceptsAnIdempotencyKey() {
        operations().forEach((place, operation) -> {
            boolean key = names(operation.path("parameters")).contains("Idempotency-Key");
            check(place + ": key " + key, key == (place.startsWith("post ") && !place.equals("post /api/v1/builds")));
        });
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /api/v1/pins     | {"filter": "mountTarget==/root/.m2", "note": "%s"}
            /api/v1/policies | {"name": "%s", "rules": [{"unusedFor": "PT24H"}], "limitPerRun": {"maxShare": 50}}
            """)
    void aRepeatedRequestCreatesNothing(String path, String body) {
        client.with("Idempotency-Key", "k-1");

        var first = client.json("POST", path, body.formatted("first"));
        var second = client.json("POST", path, body.formatted("first"));
        var other = client.json("POST", path, body.formatted("other"));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(items(client.get(path))).hasSize(1);
    }

    @Test
    void everyListHasPagesAndCsv() {
        var lists = lists();
        assertThat(lists).hasSizeGreaterThanOrEqualTo(25);
        lists.forEach((path, operation) -> {
            var parameters = names(operation.path("parameters"));
            check(path + ": limit, after, and format", parameters.containsAll(List.of("limit", "after", "format")));
            check(path + ": CSV", operation.at("/responses/200/content").has("text/csv"));
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void everyListIsReturnedAsPagesAndAsCsv() {
        lists().forEach((path, operation) -> {
            boolean needsMore = path.contains("{")
                    || operation
                            .path("parameters")
                            .valueStream()
                            .anyMatch(one -> one.path("required").asBoolean());
            if (!needsMore) {
                var page = JsonMapper.shared()
                        .readTree(client.get(path + "?limit=1").body());
                check(path + ": one item, " + page, page.path("items").size() <= 1 && page.has("next"));
                var csv = client.get(path + "?format=csv");
                check(
                        path + ": CSV " + csv.body(),
                        csv.headers().firstValue("Content-Type").orElse("").startsWith("text/csv")
                                && csv.body().lines().findFirst().orElse("").contains(","));
            }
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void templatesAreReadPageByPage() {
        var all = items(client.get("/api/v1/policy-templates"));
        var first = JsonMapper.shared()
                .readTree(client.get("/api/v1/policy-templates?limit=1").body());
        var second = client.get(
                "/api/v1/policy-templates?limit=1&after=" + first.path("next").asString());

        assertThat(items(second)).containsExactly(all.get(1));
        assertThat(client.get("/api/v1/policies?limit=1&after="
                                + first.path("next").asString())
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.with("Accept", "text/csv")
                        .get("/api/v1/policy-templates")
                        .body())
                .startsWith("id,title,description,command,policy.name,")
                .hasLineCount(all.size() + 1);
    }

    @Test
    void runsOfAGroupAreAList() {
        database.jdbc().update("""
                insert into prune_run_group (policy_name, policy_version, trigger, requested_by, requested_at)
                values ('nightly', 1, 'MANUAL', 'ann', now())""");

        assertThat(items(client.get("/api/v1/runs/groups/1/runs?limit=5"))).isEmpty();
        assertThat(client.get("/api/v1/runs/groups/1/runs?format=csv").body())
                .startsWith("id,")
                .hasLineCount(1);
        assertThat(client.get("/api/v1/runs/groups/2/runs").statusCode()).isEqualTo(404);
    }

    private static List<String> items(HttpResponse<String> page) {
        return JsonMapper.shared()
                .readTree(page.body())
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    /** Returns the operations that return a list, by path. Series over time have {@code points} instead of pages. */
    private Map<String, JsonNode> lists() {
        var lists = new TreeMap<String, JsonNode>();
        document.path("paths").forEachEntry((path, item) -> {
            var schema = item.at("/get/responses/200/content")
                    .path("application/json")
                    .path("schema");
            var properties = document.at(schema.path("$ref").asString("#/none").substring(1))
                    .path("properties");
            boolean series = names(item.at("/get/parameters")).contains("points");
            if (properties.has("items") && !series) {
                lists.put(path, item.path("get"));
            }
        });
        return lists;
    }

    @Test
    void everyBodyHasASchema() {
        operations()
                .forEach((place, operation) -> operation
                        .path("requestBody")
                        .path("content")
                        .forEachEntry((type, content) -> schema(place + " body " + type, content.path("schema"))));
        // Generated clients send the body as its first type, so a binary type would make them send a log as JSON.
        var upload = operation("uploadBuilds").path("requestBody");
        assertThat(upload.path("content").propertyNames()).containsExactly("text/plain");
        assertThat(upload.path("description").asString()).contains("gzip");
        for (var status : List.of("200", "201")) {
            assertThat(operation("uploadBuilds")
                            .at("/responses/" + status + "/content")
                            .propertyNames())
                    .containsExactlyInAnyOrder("application/json", "text/plain");
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void everySchemaAndEveryPropertyIsDescribed() {
        var schemas = document.at("/components/schemas");
        assertThat(schemas.size()).isGreaterThan(130);
        schemas.forEachEntry((name, schema) -> {
            described(name, schema);
            schema.path("properties").forEachEntry((property, value) -> {
                described(name + "." + property, value);
                schema(name + "." + property, value);
            });
            schema.path("required")
                    .forEach(required -> check(
                            name + ": required " + required.asString(),
                            schema.path("properties").has(required.asString())));
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void propertiesAreRequiredAndNullableAsTheirTypesAre() {
        assertThat(required("Host")).contains("id", "name", "reachability").doesNotContain("capabilities");
        assertThat(document.at("/components/schemas/Host/properties/engineId/type")
                        .toString())
                .contains("string", "null");
        assertThat(document.at("/components/schemas/Host/properties/capabilities/anyOf")
                        .toString())
                .contains("#/components/schemas/Capabilities", "null");
        assertThat(required("HostInput")).containsExactlyInAnyOrder("name", "address");
        assertThat(required("HostPage")).containsExactly("items");
        assertThat(required("Problem")).contains("type", "title", "status", "detail");
    }

    private List<String> required(String schema) {
        return document.at("/components/schemas/" + schema + "/required")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private Map<String, JsonNode> operations() {
        var operations = new TreeMap<String, JsonNode>();
        document.path("paths")
                .forEachEntry((path, item) ->
                        item.forEachEntry((method, operation) -> operations.put(method + " " + path, operation)));
        return operations;
    }

    private JsonNode operation(String id) {
        return operations().values().stream()
                .filter(operation -> operation.path("operationId").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + id));
    }

    private static String tag(JsonNode operation) {
        return operation.path("tags").path(0).asString();
    }

    private static Set<String> names(JsonNode tags) {
        return tags.valueStream().map(tag -> tag.path("name").asString()).collect(Collectors.toSet());
    }

    private void described(String place, JsonNode node) {
        String text = node.path("description").asString("");
        check(
                place + ": description '" + text + "'",
                text.length() > 2 && !text.contains("{@") && !text.contains("</") && !text.contains("<p>"));
    }

    private void schema(String place, JsonNode schema) {
        if (schema.has("$ref")) {
            var target = document.at(schema.path("$ref").asString().substring(1));
            check(place + ": " + schema.path("$ref").asString(), !target.isMissingNode());
        } else if (schema.has("anyOf")) {
            schema.path("anyOf").forEach(part -> schema(place, part));
        } else {
            check(place + ": type in " + schema, schema.has("type"));
            check(
                    place + ": free object " + schema,
                    !schema.path("type").asString("").equals("object") || schema.has("additionalProperties"));
            if (schema.has("items")) {
                schema(place, schema.path("items"));
            }
        }
    }

    private void check(String problem, boolean fine) {
        if (!fine) {
            problems.add(problem);
        }
    }
}
