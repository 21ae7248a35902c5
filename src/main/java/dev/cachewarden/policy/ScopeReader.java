package dev.cachewarden.policy;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Reads a scope in JSON: a text, or an object of labels. The object selects hosts that have all labels with these values. */
final class ScopeReader extends ValueDeserializer<String> {

    private static final String EXPECTED = "must be a string such as \"env=ci,team!=ml\" or an object of labels";

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return context.readValue(parser, String.class);
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return context.readTree(parser).properties().stream()
                    // A label without a value is an invalid condition, which the validation reports later.
                    .map(label -> label.getKey() + "=" + text(label.getValue()))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
        throw ValueInstantiationException.from(
                parser, EXPECTED, context.constructType(String.class), new IllegalArgumentException(EXPECTED));
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
    }
}
