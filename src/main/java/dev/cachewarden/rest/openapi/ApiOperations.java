package dev.cachewarden.rest.openapi;

import dev.cachewarden.rest.IdempotencyKey;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Completes the operations: their tags, descriptions of parameters and responses, CSV, and errors. */
@Component
class ApiOperations {

    private static final String PROBLEM = "Problem";

    private static final Map<String, String> SUCCESSES = Map.of(
            "200", "The result.",
            "201", "Created. The header `Location` contains the path of the new resource.",
            "202", "Accepted. The header `Location` contains the path of the result.",
            "204", "Done. The response has no body.");

    private static final Map<String, String> ERRORS = new TreeMap<>(Map.of(
            "400", "A part of the request is invalid. `errors` names it.",
            "401", "The token or session is missing, invalid, or expired.",
            "403", "The token or user lacks a scope. `detail` names it.",
            "404", "The resource does not exist.",
            "409", "The change conflicts with the current state.",
            "413", "The body is larger than the limit.",
            "415", "The media type of the body is not supported.",
            "503", "The service is busy, or its database is unavailable. Retry after the time in `Retry-After`."));

    /** Names of query parameters that identify a resource. */
    private static final Set<String> IDENTITIES = Set.of("id", "name", "identity");

    private final ApiTerms terms;

    ApiOperations(ApiTerms terms) {
        this.terms = terms;
    }

    void complete(OpenAPI document) {
        document.setTags(Arrays.stream(ApiTag.values()).map(ApiTag::toTag).toList());
        document.getComponents().addSchemas(PROBLEM, ApiProblem.schema());
        document.getComponents().addSchemas(PROBLEM + "Field", ApiProblem.fieldSchema());
        ERRORS.forEach(
                (status, meaning) -> document.getComponents().addResponses(error(status), response(status, meaning)));
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> complete(path, method, operation)));
    }

    private void complete(String path, HttpMethod method, Operation operation) {
        var tag = ApiTag.of(path);
        operation.setTags(List.of(tag.title()));
        operation.setSummary(text(operation.getSummary()));
        operation.setDescription(text(operation.getDescription()));
        if (IdempotencyKey.storesResponse(method.name(), path)) {
            operation.addParametersItem(
                    new HeaderParameter().name(IdempotencyKey.HEADER).schema(new StringSchema()));
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> describe(parameter, tag));
        }
        operation.getResponses().forEach(ApiOperations::complete);
        boolean changes = method != HttpMethod.GET;
        errors(operation, changes || path.contains("{") || namesResource(operation), changes);
    }

    private static String text(@Nullable String javadoc) {
        return javadoc == null ? "" : ApiText.ofJavadoc(javadoc);
    }

    private void describe(Parameter parameter, ApiTag tag) {
        String own = text(parameter.getDescription());
        if (own.isEmpty()) {
            own = parameter.getName().equals("id") && "path".equals(parameter.getIn())
                    ? "ID of the " + tag.noun() + "."
                    : terms.find(parameter.getName()).orElse("");
        }
        parameter.setDescription(own);
        if (parameter.getSchema().getTypes() != null) {
            // An absent parameter has no value; a client cannot send null.
            parameter.getSchema().getTypes().remove("null");
        }
    }

    private static void complete(String status, ApiResponse response) {
        String description = response.getDescription();
        boolean general = description == null || !description.endsWith(".");
        response.setDescription(
                general ? SUCCESSES.getOrDefault(status, "The result.") : ApiText.ofJavadoc(description));
        if (response.getContent() != null
                && response.getContent().values().stream().anyMatch(ApiOperations::isPage)) {
            response.getContent().addMediaType("text/csv", new MediaType().schema(new StringSchema()));
        }
        if (status.equals("201") || status.equals("202")) {
            response.addHeaderObject(
                    "Location",
                    new Header().description("Path of the resource.").schema(new StringSchema()));
        }
    }

    private static boolean isPage(MediaType content) {
        Schema<?> schema = content.getSchema();
        return schema != null && schema.get$ref() != null && schema.get$ref().matches(".*(Page|List)");
    }

    /** Returns whether a required parameter of the query identifies a resource. */
    private static boolean namesResource(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> Boolean.TRUE.equals(parameter.getRequired())
                                && IDENTITIES.contains(parameter.getName()));
    }

    private static void errors(Operation operation, boolean named, boolean changes) {
        boolean body = operation.getRequestBody() != null;
        for (String status : ERRORS.keySet()) {
            boolean possible = switch (status) {
                case "404" -> named;
                case "409" -> changes;
                case "413", "415" -> body;
                default -> true;
            };
            if (possible) {
                operation
                        .getResponses()
                        .addApiResponse(status, new ApiResponse().$ref("#/components/responses/" + error(status)));
            }
        }
    }

    private static String error(String status) {
        return "Error" + status;
    }

    private static ApiResponse response(String status, String meaning) {
        var response = new ApiResponse()
                .description(meaning)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
        return status.equals("503")
                ? response.addHeaderObject(
                        "Retry-After",
                        new Header().description("Time to wait, in seconds.").schema(new StringSchema()))
                : response;
    }
}
