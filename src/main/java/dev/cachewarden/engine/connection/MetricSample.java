package dev.cachewarden.engine.connection;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the Prometheus text format, version 0.0.4.
 *
 * @param value the value, or null if it is not a number of bytes: NaN, infinite, negative, or beyond a long
 */
record MetricSample(
        String name, Map<String, String> labels, @Nullable Long value) {

    MetricSample {
        labels = Map.copyOf(labels);
    }

    /** Parses a line, or returns null if it does not match the format. */
    static @Nullable MetricSample parse(String line) {
        return new Reader(line).sample();
    }

    /** A parser of one line. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        MetricSample sample() {
            String name = word();
            var labels = new HashMap<String, String>();
            skipBlanks();
            if (name.isEmpty() || (next('{') && !labels(labels))) {
                return null;
            }
            var rest = text.substring(at).strip().split("[ \\t]+");
            // Only a timestamp may follow the value.
            if (rest.length > 2 || rest[0].isEmpty() || (rest.length == 2 && !rest[1].matches("-?\\d+"))) {
                return null;
            }
            return isNumber(rest[0]) ? new MetricSample(name, labels, bytes(rest[0])) : null;
        }

        private boolean labels(Map<String, String> labels) {
            while (true) {
                skipBlanks();
                if (next('}')) {
                    return true;
                }
                String label = word();
                skipBlanks();
                if (label.isEmpty() || !next('=')) {
                    return false;
                }
                skipBlanks();
                String value = next('"') ? quoted() : null;
                if (value == null || labels.put(label, value) != null) {
                    return false;
                }
                skipBlanks();
                if (!next(',') && !ahead('}')) {
                    return false;
                }
            }
        }

        private @Nullable String quoted() {
            var value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return value.toString();
                }
                if (c != '\\') {
                    value.append(c);
                } else if (at < text.length()) {
                    char escaped = text.charAt(at++);
                    switch (escaped) {
                        case 'n' -> value.append('\n');
                        case '"', '\\' -> value.append(escaped);
                        // An invalid escape sequence stays unchanged, as in Prometheus.
                        default -> value.append('\\').append(escaped);
                    }
                }
            }
            return null;
        }

        private String word() {
            int from = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        private static boolean isWord(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
        }

        private void skipBlanks() {
            while (ahead(' ') || ahead('\t')) {
                at++;
            }
        }

        private boolean ahead(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private boolean next(char c) {
            if (!ahead(c)) {
                return false;
            }
            at++;
            return true;
        }

        private static boolean isNumber(String text) {
            return text.matches("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?|NaN|[+-]?Inf");
        }

        private static @Nullable Long bytes(String text) {
            if (text.endsWith("NaN") || text.endsWith("Inf")) {
                return null;
            }
            var number = new BigDecimal(text);
            return number.signum() < 0 || number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                    ? null
                    : number.longValue();
        }
    }
}
