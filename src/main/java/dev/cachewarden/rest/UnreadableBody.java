package dev.cachewarden.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Describes the error in a JSON body: the position of a syntax error, or the property with an invalid value. */
final class UnreadableBody {

    private static final Map<Class<?>, String> EXPECTED = Map.ofEntries(
            Map.entry(String.class, "a string"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(Duration.class, "an ISO 8601 duration such as PT48H"),
            Map.entry(Instant.class, "a time in the years 1 to 9999, such as 2026-01-31T12:00:00Z"));

    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException failure) {
        var cause = failure.getCause();
        if (cause == null) {
            return Problem.of(400, "malformed-body", "Malformed body", "The request requires a JSON body.");
        }
        return switch (cause) {
            case UnrecognizedPropertyException e -> Problem.invalid(path(e), unknown(e));
            case InvalidNullException e -> Problem.invalid(path(e), "must not be null");
            case StreamConstraintsException e -> tooMuch(e);
            case InvalidFormatException e -> Problem.invalid(path(e), format(e));
            case ValueInstantiationException e -> Problem.invalid(path(e), reason(e));
            case MismatchedInputException e -> Problem.invalid(path(e), mismatch(e));
            case InputCoercionException e -> Problem.invalid(path(e), "is outside the supported range of numbers");
            case StreamReadException e -> malformed(e);
            case JacksonException e -> malformed(e);
            default -> Problem.of(400, "malformed-body", "Malformed body", "The body cannot be read.");
        };
    }

    /** Returns a description of valid values of a type, as the continuation of "is not". */
    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "in the expected format";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class) {
            return number(type);
        }
        return EXPECTED.getOrDefault(type, "an object in the expected format");
    }

    private static String number(Class<?> type) {
        boolean fraction = type == double.class || type == Double.class || type == float.class || type == Float.class;
        return fraction ? "a number" : "a whole number";
    }

    private static String mismatch(MismatchedInputException e) {
        // Jackson distinguishes an absent value from one of the wrong type only by this text.
        boolean absent = e.getOriginalMessage().startsWith("Cannot map `null` into type");
        return (absent ? "is missing; it must be " : "is not ") + expected(e.getTargetType());
    }

    private static String unknown(UnrecognizedPropertyException e) {
        var known = e.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? "is an unknown property"
                : "is an unknown property. Known properties: "
                        + known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String reason(ValueInstantiationException e) {
        var cause = e.getCause();
        return cause == null || cause.getMessage() == null ? "is not valid" : cause.getMessage();
    }

    private static String format(InvalidFormatException e) {
        // Only StrictJson rejects texts with this exception.
        return String.class.equals(e.getTargetType())
                ? "contains " + e.getOriginalMessage()
                : "'" + e.getValue() + "' is not " + expected(e.getTargetType());
    }

    private static Problem tooMuch(StreamConstraintsException e) {
        return Problem.of(
                413,
                "too-large",
                "Too large",
                "The JSON body exceeds a limit: " + e.getOriginalMessage().replaceFirst(" \\(from .*", "") + ".");
    }

    private static Problem malformed(JacksonException e) {
        var at = e.getLocation();
        var where = at == null || at.getLineNr() < 1
                ? ""
                : ": error at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return Problem.of(400, "malformed-body", "Malformed body", "The body is not valid JSON" + where + ".");
    }

    private static String path(JacksonException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }
}
