package dev.cachewarden.engine.docker;

import dev.cachewarden.engine.EngineLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as a stream, field by field, so that no answer is in memory as a whole. */
final class Json implements AutoCloseable {

    /** The maximum length of a text. It is larger than any text read here; skipped texts do not count. */
    private static final int LONGEST_TEXT = 1 << 20;

    private static final int LONGEST_NAME = 1_000;

    // Shared, so that all answers use the same decoded field names.
    private static final Map<Integer, JsonFactory> FACTORY_BY_NESTING = new ConcurrentHashMap<>();

    private final JsonParser parser;
    private final EngineLimits limits;

    /** Reads one field of an object. It must read the value, or {@link Json#skip} it. */
    @FunctionalInterface
    interface FieldReader {
        void read(String name) throws IOException;
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    interface ElementReader {
        void read() throws IOException;
    }

    Json(InputStream in, EngineLimits limits) {
        this.limits = limits;
        this.parser = FACTORY_BY_NESTING
                .computeIfAbsent(limits.maxNesting(), Json::factory)
                .createParser(ObjectReadContext.empty(), in);
    }

    private static JsonFactory factory(int nesting) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(nesting)
                        .maxNumberLength(100)
                        .maxNameLength(LONGEST_NAME)
                        .maxStringLength(LONGEST_TEXT)
                        .build())
                .build();
    }

    EngineLimits limits() {
        return limits;
    }

    /** Reads the next value, which must be an object and the end of the stream. */
    void root(FieldReader fields) throws IOException {
        parser.nextToken();
        object("the response", fields);
        if (parser.nextToken() != null) {
            throw new BadAnswerException("it has content after its end");
        }
    }

    /** Advances to the next value of a stream. Returns false at the end. */
    boolean next() {
        return parser.nextToken() != null;
    }

    /** Reads the object at the current position. */
    void object(Object what, FieldReader fields) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected(what, "an object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.read(name);
        }
    }

    /**
     * Reads the array at the current position.
     *
     * @return false if the value is null
     */
    boolean array(Object what, ElementReader elements) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return false;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unexpected(what, "a list");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.read();
        }
        return true;
    }

    /** Reads a list of texts with a maximum length. */
    List<String> texts(Object what, int most, String setting) throws IOException {
        var texts = new ArrayList<String>();
        array(what, () -> {
            if (texts.size() >= most) {
                throw new BadAnswerException(
                        EngineLimits.exceeded("more than " + most + " values in " + what, setting));
            }
            String text = text(what);
            if (text != null) {
                texts.add(text);
            }
        });
        return texts;
    }

    @Nullable
    String text(Object what) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getString();
            default -> throw unexpected(what, "a string");
        };
    }

    boolean flag(Object what) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw unexpected(what, "true or false");
        };
    }

    /** Reads a count or a number of bytes: an integer of zero or more, within 64 bits. */
    long count(Object what) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw unexpected(what, "a whole number");
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new BadAnswerException(what + " is " + shown(parser.getString()) + ", which is out of range");
        }
        long value = parser.getLongValue();
        if (value < 0) {
            throw new BadAnswerException(what + " is " + value + ", which is out of range");
        }
        return value;
    }

    void skip() {
        parser.skipChildren();
    }

    private BadAnswerException unexpected(Object what, String expected) {
        var token = parser.currentToken();
        String found = token == null ? "nothing" : token.isScalarValue() ? shown(parser.getString()) : "nested values";
        return new BadAnswerException(what + " should be " + expected + ", but is " + found);
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    @Override
    public void close() {
        parser.close();
    }
}
