package dev.cachewarden.rest.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The parts of the OpenAPI document that concern the API as a whole. */
@Configuration
class ApiDocument {

    private static final String DESCRIPTION = """
            Cachewarden watches, explains, and prunes the BuildKit build caches of Docker hosts.

            - Sizes are integers in bytes, with names that end in `Bytes`. Times are RFC 3339 in UTC. Durations are ISO 8601.
            - Lists return `items` and `next`. To get the next page, send the value of `next` as the parameter `after`.
            - Errors are problem details (RFC 9457). If the input is invalid, `errors` lists each invalid field.
            - Scripts send a token in the header `Authorization`. Browsers use the session of the signed-in user.
            """;

    static {
        // Each enum becomes a schema with a description, instead of a copy in each property.
        ModelResolver.enumsAsRef = true;
    }

    @Bean
    OpenAPI introduction() {
        return new OpenAPI()
                .info(new Info()
                        .title("Cachewarden REST API")
                        .version("v1")
                        .description(DESCRIPTION)
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API token of Cachewarden."))
                        .addSecuritySchemes(
                                "session",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("CACHEWARDEN_SESSION")
                                        .description("The session of a signed-in user, in a browser.")))
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .addSecurityItem(new SecurityRequirement().addList("session"));
    }

    @Bean
    @Order(1)
    GlobalOpenApiCustomizer operations(ApiOperations operations) {
        return operations::complete;
    }

    @Bean
    @Order(2)
    GlobalOpenApiCustomizer schemas(ApiSchemas schemas) {
        return schemas::complete;
    }

    @Bean
    @Order(3)
    GlobalOpenApiCustomizer examples(ApiExamples examples) {
        return examples::complete;
    }
}
