package dev.cachewarden.progress.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads what the parser stands at, and takes what is of another kind than it should be as absent. */
final class Fields {

    private Fields() {}

    /** Takes one field of an object. What it does not read is skipped. */
    @FunctionalInterface
    interface FieldReader {
        void read(JsonParser json, String name);
    }

    static void object(JsonParser json, FieldReader fields) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = lowerCamelCase(json.currentName());
            json.nextToken();
            fields.read(json, name);
            // Whatever was not read; does nothing at a plain value or at the end of one that was read.
            json.skipChildren();
        }
    }

    /** {@code Vertexes}, {@code ProgressGroup}, and {@code ID} as {@code vertexes}, {@code progressGroup}, and {@code id}: before 0.12 Go's own names stand in traces. */
    private static String lowerCamelCase(String name) {
        int capitals = 0;
        while (capitals < name.length() && name.charAt(capitals) >= 'A' && name.charAt(capitals) <= 'Z') {
            capitals++;
        }
        if (capitals == 0) {
            return name;
        }
        int end = capitals == name.length() || capitals == 1 ? capitals : capitals - 1;
        return name.substring(0, end).toLowerCase(Locale.ROOT) + name.substring(end);
    }

    static void array(JsonParser json, Runnable element) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (var token = json.nextToken(); token != null && token != JsonToken.END_ARRAY; token = json.nextToken()) {
            element.run();
            json.skipChildren();
        }
    }

    static String text(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : "";
    }

    static @Nullable Instant time(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? Rfc3339.parse(json.getString()) : null;
    }

    static long number(JsonParser json) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            return 0;
        }
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? Long.MAX_VALUE : json.getLongValue();
    }

    static boolean flag(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    static List<String> texts(JsonParser json) {
        List<String> texts = new ArrayList<>();
        array(json, () -> {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(json.getString());
            }
        });
        return texts;
    }

    /** Base64, as Go writes bytes. */
    static byte[] bytes(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getBinaryValue() : new byte[0];
    }
}
