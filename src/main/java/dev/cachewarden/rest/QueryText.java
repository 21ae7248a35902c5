package dev.cachewarden.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks queries and forms: percent signs, UTF-8, and the names and values themselves. */
final class QueryText {

    private static final int LONGEST_SHOWN = 40;

    private QueryText() {}

    /** Returns the problem of a raw query, or empty if the query is valid. */
    static Optional<Problem> problem(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Optional.empty();
        }
        for (var pair : query.split("&")) {
            int equals = pair.indexOf('=');
            var rawName = equals < 0 ? pair : pair.substring(0, equals);
            var name = decoded(rawName);
            if (name.isEmpty()) {
                return invalid("query", "has a parameter whose name is not percent-encoded UTF-8: " + shown(rawName));
            }
            var value = equals < 0 ? Optional.of("") : decoded(pair.substring(equals + 1));
            if (value.isEmpty()) {
                return invalid(shown(name.get()), "is not percent-encoded UTF-8: " + shown(pair.substring(equals + 1)));
            }
            if (name.get().isEmpty() && equals >= 0) {
                return invalid("query", "has a value without a name: " + shown(pair));
            }
            var problem = problem(name.get(), value.get());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Returns the problem of parsed parameters, or empty if they are valid. */
    static Optional<Problem> problem(Map<String, String[]> parameters) {
        for (var parameter : parameters.entrySet()) {
            for (var value : parameter.getValue()) {
                // The container inserts this character for bytes of a form that are not UTF-8.
                if (parameter.getKey().indexOf('\ufffd') >= 0 || value.indexOf('\ufffd') >= 0) {
                    return invalid(shown(parameter.getKey()), "is not UTF-8");
                }
                var problem = problem(parameter.getKey(), value);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(String name, String value) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            return invalid(shown(name), "has a name with a control character");
        }
        if (value.indexOf('\0') >= 0) {
            return invalid(shown(name), "contains NUL (U+0000)");
        }
        return Optional.empty();
    }

    private static Optional<Problem> invalid(String field, String reason) {
        return Optional.of(Problem.invalid(field, reason));
    }

    private static Optional<String> decoded(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (low < 0) {
                    return Optional.empty();
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                // The container decodes bytes as ISO 8859-1.
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Returns the text shortened, and without characters that change how the rest of a line is displayed. */
    private static String shown(String text) {
        var cut = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
        return VisibleText.of(cut);
    }
}
