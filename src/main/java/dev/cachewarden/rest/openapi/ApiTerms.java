package dev.cachewarden.rest.openapi;

import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/**
 * Descriptions of properties and parameters that have the same meaning in each type, such as {@code sizeBytes}. The Javadoc of a type has
 * precedence.
 */
@Component
class ApiTerms {

    private final Properties terms;

    ApiTerms() throws IOException {
        terms = PropertiesLoaderUtils.loadProperties(new ClassPathResource("openapi/terms.properties"));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(terms.getProperty(name)).map(ApiText::ofJavadoc);
    }
}
