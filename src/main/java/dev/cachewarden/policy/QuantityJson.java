package dev.cachewarden.policy;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.exc.ValueInstantiationException;

/** The JSON format of quantities: a text, or a whole number. */
final class QuantityJson {

    private QuantityJson() {}

    static final class Writer extends ValueSerializer<String> {
        @Override
        public void serialize(String text, JsonGenerator json, SerializationContext context) {
            if (text.matches("-?[1-9]\\d{0,17}|0")) {
                json.writeNumber(Long.parseLong(text));
            } else {
                json.writeString(text);
            }
        }
    }

    static final class Reader extends ValueDeserializer<String> {

        private final Quantity.@Nullable Unit unit;

        Reader() {
            this(null);
        }

        private Reader(Quantity.@Nullable Unit unit) {
            this.unit = unit;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            var quantity = property == null ? null : property.getAnnotation(Quantity.class);
            return new Reader(quantity == null ? null : quantity.value());
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return parser.getString();
            }
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return context.readValue(parser, String.class);
            }
            String reason = unit == Quantity.Unit.BYTES
                    ? "is not a size; use a string such as \"20GB\", or whole bytes"
                    : "must be a string or a whole number";
            throw ValueInstantiationException.from(
                    parser, reason, context.constructType(String.class), new IllegalArgumentException(reason));
        }
    }
}
