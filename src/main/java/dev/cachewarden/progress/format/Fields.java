package dev.cachewarden.progress.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the value at the parser's position, and treats a value of another type as absent. */
final class Fields {

    private Fields() {}

    /** Reads one field of an object. Values that it does not read are skipped. */
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
            // Skips an unread value; does nothing for a scalar or at the end of a value that was read.
            json.skipChildren();
        }
    }

    /**
     * Converts {@code Vertexes}, {@code VertexUpdate.Group}, and {@code ID} to {@code vertexes}, {@code progressGroup}, and {@code id}, because
     * traces before 0.12 use Go's field names.
     */
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

    /** Returns bytes, which Go writes in Base64. */
    static byte[] bytes(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getBinaryValue() : new byte[0];
    }
}
