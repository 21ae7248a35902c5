package dev.cachewarden.rest.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;

/** The schema of an error response. No controller returns this type, so springdoc cannot derive it. */
final class ApiProblem {

    private ApiProblem() {}

    @SuppressWarnings("unchecked")
    static Schema<?> schema() {
        return new ObjectSchema()
                .description("An error response: problem details as in RFC 9457.")
                .addProperty(
                        "type", text("Kind of the problem, as a URI.").example("urn:cachewarden:problem:invalid-input"))
                .addProperty(
                        "title", text("Kind of the problem, in a few words.").example("Invalid input"))
                .addProperty(
                        "status",
                        new IntegerSchema().description("HTTP status.").example(400))
                .addProperty(
                        "detail",
                        text("What happened, why, and what to do.").example("'name': must be 1 to 64 characters"))
                .addProperty("instance", text("Path of the request.").example("/api/v1/hosts"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/ProblemField"))
                                .description(
                                        "Errors of the input fields. Absent if the problem does not concern fields."))
                .addProperty("id", text("ID of the log entry with more details. Absent if there is none."))
                .required(List.of("type", "title", "status", "detail"));
    }

    @SuppressWarnings("unchecked")
    static Schema<?> fieldSchema() {
        return new ObjectSchema()
                .description("An error in one field of the input.")
                .addProperty("field", text("Name of the field or parameter.").example("name"))
                .addProperty("reason", text("What is wrong with it.").example("must be 1 to 64 characters"))
                .required(List.of("field", "reason"));
    }

    private static Schema<?> text(String description) {
        return new StringSchema().description(description);
    }
}
