package dev.cachewarden.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Rejects times in queries that the database cannot store. */
@Configuration
class TimeParameters implements WebMvcConfigurer, Converter<String, @Nullable Instant> {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, this);
    }

    /** Returns null for a blank text: a blank parameter counts as absent, as all optional parameters do. */
    @Override
    public @Nullable Instant convert(String text) {
        return text.isBlank() ? null : WrittenTime.parse(text.strip());
    }
}
