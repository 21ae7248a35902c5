package dev.cachewarden.rest.openapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.rest.list.Page;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.JavadocProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Completes the schemas: descriptions from Javadoc, and from the types which properties are required and which can be null. */
@Component
@SuppressWarnings("rawtypes") // The models of swagger-core are raw.
class ApiSchemas {

    private static final String REFERENCE = "#/components/schemas/";

    private final ApiTypes types;
    private final ApiTerms terms;
    private final @Nullable JavadocProvider javadoc;

    ApiSchemas(ApiTypes types, ApiTerms terms, ObjectProvider<JavadocProvider> javadoc) {
        this.types = types;
        this.terms = terms;
        this.javadoc = javadoc.getIfAvailable();
    }

    void complete(OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        schemas.forEach((name, schema) -> describe(name, schema));
        var sent = new TreeSet<String>();
        document.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .forEach(content -> reach(content.getSchema(), schemas, sent));
        schemas.forEach((name, schema) -> properties(name, schema, schemas, sent.contains(name)));
    }

    /** Collects the names of all schemas that a schema refers to. */
    private static void reach(@Nullable Schema<?> schema, Map<String, Schema> schemas, Set<String> reached) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(REFERENCE.length());
            if (reached.add(name)) {
                reach(schemas.get(name), schemas, reached);
            }
        }
        reach(schema.getItems(), schemas, reached);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> reach(property, schemas, reached));
        }
    }

    private void describe(String name, Schema<?> schema) {
        var type = types.of(name);
        String given = schema.getDescription() == null ? "" : schema.getDescription();
        String own = given.isEmpty() ? type.map(this::comment).orElse("") : given;
        if (own.isEmpty() && name.endsWith("Page")) {
            own = "A page of a list.";
        }
        String text = ApiText.ofJavadoc(own);
        schema.setDescription(
                type.filter(Class::isEnum).map(one -> text + constants(one)).orElse(text));
    }

    private String comment(Class<?> type) {
        return javadoc == null
                ? ""
                : Optional.ofNullable(javadoc.getClassJavadoc(type)).orElse("");
    }

    /** Returns a list of the constants that have a comment. */
    private String constants(Class<?> type) {
        var provider = javadoc;
        if (provider == null) {
            return "";
        }
        String list = Arrays.stream(type.getFields())
                .filter(field -> field.isEnumConstant())
                .map(field -> Map.entry(
                        field.getName(),
                        Optional.ofNullable(provider.getFieldJavadoc(field)).orElse("")))
                .filter(constant -> !constant.getValue().isBlank())
                .map(constant -> "\n- `" + constant.getKey() + "`: " + ApiText.ofJavadoc(constant.getValue()))
                .collect(Collectors.joining());
        return list.isEmpty() ? "" : "\n" + list;
    }

    /**
     * Completes the properties of a schema.
     *
     * @param sent whether clients send it: then they can omit each property that is not explicitly required
     */
    private void properties(String name, Schema<?> schema, Map<String, Schema> schemas, boolean sent) {
        if (schema.getProperties() == null) {
            return;
        }
        var components = components(name);
        var required = new TreeSet<String>(schema.getRequired() == null ? Set.of() : schema.getRequired());
        var properties = new LinkedHashMap<String, Schema>();
        schema.getProperties().forEach((property, declared) -> {
            String text = description(property, declared, components.get(property), schemas);
            boolean nullable = components.containsKey(property)
                    && isNullable(components.get(property))
                    && !required.contains(property);
            if (components.containsKey(property) && !nullable && !sent) {
                required.add(property);
            }
            properties.put(property, (nullable ? nullable(declared) : declared).description(text));
        });
        schema.setProperties(properties);
        schema.setRequired(required.isEmpty() ? null : new ArrayList<>(required));
    }

    private String description(
            String property, Schema<?> declared, @Nullable RecordComponent component, Map<String, Schema> schemas) {
        String own = declared.getDescription() == null ? "" : declared.getDescription();
        if (own.isBlank() && component != null && javadoc != null) {
            own = javadoc.getRecordClassParamJavadoc(component.getDeclaringRecord())
                    .getOrDefault(property, "");
        }
        if (!own.isBlank()) {
            return ApiText.ofJavadoc(own);
        }
        String referenced = ofReference(declared, schemas);
        return declared.get$ref() != null && !referenced.isEmpty()
                ? referenced
                : terms.find(property).orElse(referenced);
    }

    /** Returns the description of the referenced schema, or an empty text. */
    private static String ofReference(Schema<?> declared, Map<String, Schema> schemas) {
        var target = declared.getItems() == null ? declared : declared.getItems();
        if (target.get$ref() == null) {
            return "";
        }
        var referenced = schemas.get(target.get$ref().substring(REFERENCE.length()));
        return referenced == null || referenced.getDescription() == null ? "" : referenced.getDescription();
    }

    /** Returns the components of the record that a schema describes, by name. Unwrapped components are replaced by their own. */
    private Map<String, RecordComponent> components(String name) {
        var found = new LinkedHashMap<String, RecordComponent>();
        var type = types.of(name).orElse(name.endsWith("Page") ? Page.class : Object.class);
        collect(type, found);
        return found;
    }

    private static void collect(Class<?> type, Map<String, RecordComponent> found) {
        if (!type.isRecord()) {
            return;
        }
        for (var component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                collect(component.getType(), found);
            } else {
                found.put(component.getName(), component);
            }
        }
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Schema<?> nullable(Schema<?> declared) {
        if (declared.get$ref() == null) {
            declared.addType("null");
            return declared;
        }
        var nothing = new JsonSchema();
        nothing.addType("null");
        return new JsonSchema().anyOf(List.of(new JsonSchema().$ref(declared.get$ref()), nothing));
    }
}
