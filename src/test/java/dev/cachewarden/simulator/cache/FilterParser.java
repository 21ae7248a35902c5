package dev.cachewarden.simulator.cache;

import java.util.function.Predicate;

/** Reads one filter: conditions joined by commas, each a field with or without an operator and a value. */
final class FilterParser {

    private static final String OPERATORS = "=!~";

    private final String text;
    private int at;

    FilterParser(String text) {
        this.text = text;
    }

    Predicate<RecordFilter.Fields> parse() {
        var all = condition();
        while (at < text.length()) {
            expect(',');
            all = all.and(condition());
        }
        return all;
    }

    private Predicate<RecordFilter.Fields> condition() {
        String field = fieldPath();
        if (at == text.length() || text.charAt(at) == ',') {
            return RecordFilter.condition(field, "", "");
        }
        String operator = operator();
        return RecordFilter.condition(field, operator, value(operator.equals("~=")));
    }

    private String fieldPath() {
        var path = new StringBuilder(field());
        while (at < text.length() && text.charAt(at) == '.') {
            at++;
            path.append('.').append(field());
        }
        return path.toString();
    }

    private String field() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted('"');
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (start == at) {
            throw unexpected("expected field");
        }
        return text.substring(start, at);
    }

    private String operator() {
        int end = at;
        while (end < text.length() && OPERATORS.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        String operator = text.substring(at, end);
        if (operator.isEmpty()) {
            throw unexpected("expected an operator (\"==\"|\"!=\"|\"~=\")");
        }
        if (operator.length() != 2 || !operator.endsWith("=")) {
            throw unexpected("unsupported operator \"" + operator + "\"");
        }
        at = end;
        return operator;
    }

    private String value(boolean mayUseOtherQuotes) {
        char first = at < text.length() ? text.charAt(at) : '\0';
        if (first == '"' || (mayUseOtherQuotes && (first == '/' || first == '|'))) {
            return quoted(first);
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw unexpected("expected value or quoted");
        }
        return text.substring(start, at);
    }

    /** What stands between quotes; a backslash keeps the next character from ending it, and only in double quotes means more. */
    private String quoted(char quote) {
        int start = at++;
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                value.append(escaped(quote, text.charAt(at++)));
            } else {
                value.append(c);
            }
        }
        if (at == text.length()) {
            at = start;
            throw unexpected("quoted literal not terminated");
        }
        at++;
        return value.toString();
    }

    private static String escaped(char quote, char c) {
        if (c == quote) {
            return String.valueOf(c);
        }
        if (quote != '"') {
            return "\\" + c;
        }
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> String.valueOf(c);
        };
    }

    private void expect(char c) {
        if (text.charAt(at) != c) {
            throw unexpected("unexpected input: " + text.charAt(at));
        }
        at++;
    }

    private RecordFilter.SyntaxException unexpected(String reason) {
        String here = at < text.length() ? text.substring(at, at + 1) : "";
        String rest = at < text.length() ? text.substring(at + 1) : "";
        return new RecordFilter.SyntaxException("filters: parse error: [" + text.substring(0, at) + " >|" + here + "|< "
                + rest + "]: " + reason + ": invalid argument");
    }
}
