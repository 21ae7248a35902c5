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
        if (at + 1 < text.length() && OPERATORS.indexOf(text.charAt(at)) >= 0 && text.charAt(at + 1) == '=') {
            at += 2;
            return text.substring(at - 2, at);
        }
        throw unexpected("expected an operator ('=='|'!='|'~=')");
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
            throw unexpected("unclosed quote");
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
            throw unexpected("expected '" + c + "'");
        }
        at++;
    }

    private RecordFilter.SyntaxException unexpected(String reason) {
        return new RecordFilter.SyntaxException("parse error: [" + text + " >|" + at + "|<]: " + reason);
    }
}
