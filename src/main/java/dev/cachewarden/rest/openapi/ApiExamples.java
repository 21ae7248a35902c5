package dev.cachewarden.rest.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/** Examples of schemas, properties, and parameters, from one table. The annotation of a property has precedence. */
@Component
class ApiExamples {

    /** Types whose values are not written like texts in the table. */
    private static final Set<String> STRUCTURED = Set.of("array", "boolean", "integer", "number", "object");

    private final Properties table;

    ApiExamples() throws IOException {
        table = PropertiesLoaderUtils.loadProperties(new ClassPathResource("openapi/examples.properties"));
    }

    void complete(OpenAPI document) {
        document.getComponents().getSchemas().forEach(this::complete);
        document.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .forEach(this::complete);
    }

    @SuppressWarnings("unchecked") // The models of swagger-core are raw.
    private void complete(String name, Schema<?> schema) {
        Optional.ofNullable(table.getProperty(name)).ifPresent(example -> schema.setExample(json(example)));
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((property, declared) -> {
                if (declared.getExample() == null) {
                    find(name, property, declared).ifPresent(declared::setExample);
                }
            });
        }
    }

    private void complete(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> complete(operation.getOperationId(), parameter));
        }
    }

    /** Adds the example to the schema, because the page of the API would send the example of an optional parameter. */
    @SuppressWarnings("unchecked") // The models of swagger-core are raw.
    private void complete(String operation, Parameter parameter) {
        // Parameters of the same type share one schema.
        var schema = AnnotationsUtils.clone(parameter.getSchema(), true);
        parameter.setSchema(schema);
        find(operation, parameter.getName(), schema).ifPresent(example -> schema.setExamples(List.of(example)));
    }

    /** Returns the most specific example, or empty if the schema is a reference or names its values. */
    private Optional<Object> find(String owner, String name, Schema<?> schema) {
        var type = type(schema);
        boolean ofReferences = schema.getItems() != null && schema.getItems().get$ref() != null;
        if (type == null || schema.getEnum() != null || ofReferences) {
            return Optional.empty();
        }
        return keys(owner, name, type, schema)
                .map(table::getProperty)
                .filter(Objects::nonNull)
                .findFirst()
                .map(value -> STRUCTURED.contains(type) ? json(value) : value);
    }

    private static Stream<String> keys(String owner, String name, String type, Schema<?> schema) {
        String own = type.equals("integer") && name.endsWith("Bytes") ? "bytes" : type;
        String general = schema.getFormat() != null && type.equals("string") ? schema.getFormat() : own;
        return type.equals("array") || type.equals("object") || general.equals("string")
                ? Stream.of(owner + "." + name, name + "[" + type + "]", name)
                : Stream.of(owner + "." + name, "[" + general + "]");
    }

    private static @Nullable String type(Schema<?> schema) {
        if (schema.getTypes() == null) {
            return schema.getType();
        }
        var types = new TreeSet<>(schema.getTypes());
        types.remove("null");
        return types.contains("string") ? "string" : types.isEmpty() ? null : types.first();
    }

    private static Object json(String value) {
        try {
            return Json.mapper().readTree(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("'" + value + "' in examples.properties is not JSON", e);
        }
    }
}
