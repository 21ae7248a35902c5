package dev.cachewarden.policy.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cachewarden.policy.PolicyDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy in a request. The other fields of a response are ignored, so that a client can change a response and send it back.
 *
 * @param version the version that the change is based on; any version if absent
 */
@JsonDeserialize(using = PolicyRequest.Reader.class)
public record PolicyRequest(
        @JsonUnwrapped PolicyDocument policy, @Nullable Integer version) {

    /** Reads the fields of the policy strictly: an unknown one could be a limit. */
    static final class Reader extends ValueDeserializer<PolicyRequest> {

        private static final List<String> ONLY_IN_RESPONSES = List.of(
                "id",
                "nextStartAt",
                "lastStartAt",
                "lastStartResult",
                "createdAt",
                "updatedAt",
                "savedAt",
                "savedBy",
                "warnings",
                "configFile");

        private record Version(@Nullable Integer version) {}

        @Override
        public PolicyRequest deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode body = context.readTree(parser);
            Integer version = null;
            if (body instanceof ObjectNode fields) {
                fields.remove(ONLY_IN_RESPONSES);
                if (fields.has("version")) {
                    var only = fields.objectNode().set("version", fields.remove("version"));
                    version = context.readTreeAsValue(only, Version.class).version();
                }
            }
            return new PolicyRequest(context.readTreeAsValue(body, PolicyDocument.class), version);
        }
    }
}
