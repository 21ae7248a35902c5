package dev.cachewarden.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page that shows the REST API. It is generated from the OpenAPI document, without scripts and with only Cachewarden's own styles. */
@Controller
class ApiPageController {

    private static final List<String> VERBS = List.of("get", "post", "put", "patch", "delete");

    private final OpenApiWebMvcResource document;
    private final JsonMapper json;

    ApiPageController(OpenApiWebMvcResource document, JsonMapper json) {
        this.document = document;
        this.json = json;
    }

    /** One operation of the API. */
    record Operation(
            String verb, String path, String summary, List<Parameter> parameters, String body, List<String> answers) {}

    /** A parameter of an operation. */
    record Parameter(String name, String in, boolean required, String type, String description) {}

    @GetMapping("/api")
    String page(HttpServletRequest request, Model model) throws JsonProcessingException {
        var bytes = document.openapiJson(request, "/v3/api-docs", Locale.ROOT);
        var root = json.readTree(new String(bytes, StandardCharsets.UTF_8));
        model.addAttribute("groups", groups(root));
        return "dashboard/api";
    }

    private static Map<String, List<Operation>> groups(JsonNode root) {
        var groups = new TreeMap<String, List<Operation>>();
        root.path("paths")
                .propertyStream()
                .forEach(path -> VERBS.forEach(verb -> {
                    var operation = path.getValue().path(verb);
                    if (operation.isObject()) {
                        groups.computeIfAbsent(group(path.getKey()), key -> new ArrayList<>())
                                .add(operation(verb, path.getKey(), operation));
                    }
                }));
        groups.values().forEach(list -> list.sort(Comparator.comparing(Operation::path)));
        return groups;
    }

    /** Returns the noun at the start of a path: {@code hosts} for {@code /api/v1/hosts/{id}}. */
    private static String group(String path) {
        var parts = path.split("/");
        return parts.length > 3 ? parts[3] : path;
    }

    private static Operation operation(String verb, String path, JsonNode node) {
        var parameters = new ArrayList<Parameter>();
        node.path("parameters")
                .forEach(parameter -> parameters.add(new Parameter(
                        parameter.path("name").asString(""),
                        parameter.path("in").asString(""),
                        parameter.path("required").asBoolean(false),
                        type(parameter.path("schema")),
                        parameter.path("description").asString(""))));
        var answers = new ArrayList<String>();
        node.path("responses").propertyStream().forEach(answer -> answers.add(answer.getKey()));
        var body = node.path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return new Operation(
                verb.toUpperCase(Locale.ROOT),
                path,
                node.path("summary").asString(""),
                parameters,
                body.isMissingNode() ? "" : type(body),
                answers);
    }

    private static String type(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        return schema.path("type").asString("").equals("array")
                ? "list of " + type(schema.path("items"))
                : schema.path("type").asString("any");
    }
}
