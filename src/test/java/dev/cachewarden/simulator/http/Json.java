package dev.cachewarden.simulator.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;

/** Text as Go's encoder writes it. */
final class Json {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final int BILLION = 1_000_000_000;

    private Json() {}

    static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2);
        quote(json, text);
        return json.toString();
    }

    static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            append(json, text.charAt(i));
        }
        json.append('"');
    }

    /** RFC 3339 with as many digits of the second as there are, none for a whole one. */
    static String time(Instant instant) {
        int nanos = instant.get(ChronoField.NANO_OF_SECOND);
        String digits = nanos == 0
                ? ""
                : "." + Integer.toString(BILLION + nanos).substring(1).replaceFirst("0+$", "");
        return SECONDS.format(instant) + digits + "Z";
    }

    static String message(String message) {
        return "{\"message\":" + quoted(message) + "}\n";
    }

    private static void append(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < ' ' || c == '\u2028' || c == '\u2029') {
                    json.append(String.format("\\u%04x", (int) c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
