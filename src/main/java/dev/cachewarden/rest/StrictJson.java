package dev.cachewarden.rest;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.util.MimeType;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;

/**
 * Rejects JSON bodies that contain null in a list, or NUL in a text, which PostgreSQL cannot store.
 *
 * <p>Spring also reads and writes the bodies of all endpoints in the other formats for which it finds a library, such as YAML. Their readers
 * lack these checks, so they are removed.
 */
@Configuration(proxyBeanMethods = false)
class StrictJson implements WebMvcConfigurer {

    private static final Set<String> OTHER_FORMATS = Set.of("yaml", "xml", "cbor", "x-jackson-smile");

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.configureMessageConvertersList(
                converters -> converters.removeIf(converter -> converter.getSupportedMediaTypes().stream()
                        .map(MimeType::getSubtype)
                        .anyMatch(OTHER_FORMATS::contains)));
    }

    @Bean
    static JsonMapperBuilderCustomizer strictTexts() {
        var texts = new SimpleModule("cachewarden-texts")
                .addDeserializer(String.class, new Texts())
                .addKeyDeserializer(String.class, new Keys());
        return builder ->
                builder.addModule(texts).changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL));
    }

    private static String checked(String text, DeserializationContext context) {
        if (text.indexOf('\0') >= 0) {
            throw InvalidFormatException.from(context.getParser(), "NUL (U+0000)", VisibleText.of(text), String.class);
        }
        return text;
    }

    private static final class Texts extends StringDeserializer {
        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            var text = super.deserialize(parser, context);
            return text == null ? null : checked(text, context);
        }
    }

    private static final class Keys extends KeyDeserializer {

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return checked(key, context);
        }
    }
}
