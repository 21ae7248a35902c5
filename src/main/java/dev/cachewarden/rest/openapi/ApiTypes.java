package dev.cachewarden.rest.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The names of the schemas. {@code HostResponse} becomes {@code Host}, and {@code Page<HostResponse>} becomes {@code HostPage}. The name of
 * a nested record starts with the name of its outer class, so that the names of two records never clash. If this
 * prefix means nothing to clients, {@code @Schema} on the record sets the name.
 */
@Component
class ApiTypes implements ModelConverter {

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var java = Json.mapper().constructType(type.getType());
        if (java != null && isOwn(java.getRawClass()) && type.getName() == null) {
            type.name(name(java));
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    private static boolean isOwn(Class<?> type) {
        return (type.isRecord() || type.isEnum()) && type.getName().startsWith("dev.cachewarden.");
    }

    private String name(JavaType type) {
        var raw = type.getRawClass();
        if (type.containedTypeCount() == 1) {
            return name(type.containedType(0)) + raw.getSimpleName();
        }
        String name = name(raw);
        var former = classes.putIfAbsent(name, raw);
        if (former != null && former != raw) {
            throw new IllegalStateException("Two types have the schema name " + name + ": " + former + " and " + raw);
        }
        return name;
    }

    private static String name(Class<?> type) {
        var named = type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        if (named != null && !named.name().isEmpty()) {
            return named.name();
        }
        String own = stem(type);
        var outer = type.getEnclosingClass();
        if (outer == null) {
            return own;
        }
        String prefix = own.endsWith("Request") ? name(outer).replaceFirst("Request$", "") : name(outer);
        return own.startsWith(prefix) ? own : prefix + own;
    }

    private static String stem(Class<?> type) {
        return type.getSimpleName().replaceFirst("(?<=.)(Responses?|Controller|View)$", "");
    }

    /** Returns the class of a schema, or empty if it is not a type of Cachewarden or has a type argument. */
    Optional<Class<?>> of(String schema) {
        return Optional.ofNullable(classes.get(schema));
    }
}
