package dev.cachewarden.buildcache;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates the program size of an RE2 regular expression from its text. RE2 expands repetitions: {@code ((a{1000}){1000}){1000}} has 23
 * characters and would need a billion instructions. The estimate is never below the true size.
 */
public final class PatternSize {

    /** The size of classes such as {@code \pL}, which contain hundreds of ranges. */
    private static final int UNICODE_CLASS = 20;

    private static final long MOST = Long.MAX_VALUE / 4;

    private final String regex;
    private final Deque<long[]> outer = new ArrayDeque<>();
    private int at;

    /** The instructions of all parts before the last one, and of the last part. A repetition applies to the last part. */
    private long before;

    private long last;

    private PatternSize(String regex) {
        this.regex = regex;
    }

    /** Returns the number of instructions, or any number if the text is not a regular expression. */
    public static long of(String regex) {
        var size = new PatternSize(regex);
        while (size.at < regex.length()) {
            size.next();
        }
        while (!size.outer.isEmpty()) {
            size.close();
        }
        return Math.min(MOST, size.before + size.last + 4);
    }

    private void next() {
        char c = regex.charAt(at++);
        switch (c) {
            case '\\' -> escaped();
            case '[' -> characterClass();
            case '(' -> open();
            case ')' -> close();
            case '*', '+', '?' -> last = sum(last, 2);
            case '|' -> part(1);
            case '{' -> repetition();
            default -> part(1);
        }
    }

    private void part(long size) {
        before = sum(before, last);
        last = size;
    }

    private void open() {
        part(0);
        outer.push(new long[] {before});
        before = 0;
        last = 0;
        // The flags or the name of the group count as parts, so the estimate is slightly too high.
    }

    private void close() {
        if (!outer.isEmpty()) {
            last = sum(sum(before, last), 2);
            before = outer.pop()[0];
        }
    }

    private void escaped() {
        char c = at < regex.length() ? regex.charAt(at++) : '\\';
        if (c == 'Q') {
            int end = regex.indexOf("\\E", at);
            int length = (end < 0 ? regex.length() : end) - at;
            part(length);
            at = end < 0 ? regex.length() : end + 2;
            // RE2 repeats only the last character of a quotation. The estimate counts the whole quotation.
        } else if (c == 'p' || c == 'P') {
            skipBraces();
            part(UNICODE_CLASS);
        } else {
            if (c == 'x') {
                skipBraces();
            }
            part(1);
        }
    }

    private void skipBraces() {
        int end = at < regex.length() && regex.charAt(at) == '{' ? regex.indexOf('}', at) : -1;
        if (end >= 0) {
            at = end + 1;
        }
    }

    private void characterClass() {
        long size = 1;
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        boolean first = true;
        while (at < regex.length() && (first || regex.charAt(at) != ']')) {
            first = false;
            int named = named();
            if (named > at) {
                at = named;
            } else if (regex.charAt(at) == '\\') {
                at++;
                size += at < regex.length() && Character.toLowerCase(regex.charAt(at)) == 'p' ? UNICODE_CLASS : 0;
                at++;
            } else {
                at++;
            }
        }
        at++;
        part(size);
    }

    /** Returns the end of a name such as {@code [:alpha:]} that begins here, or -1 if there is none. */
    private int named() {
        if (!regex.startsWith("[:", at)) {
            return -1;
        }
        int end = regex.indexOf(":]", at + 2);
        return end >= 0 && regex.substring(at + 2, end).matches("\\^?[a-z]+") ? end + 2 : -1;
    }

    private void repetition() {
        int end = regex.indexOf('}', at);
        String bounds = end < 0 ? "" : regex.substring(at, end);
        if (!bounds.matches("\\d{1,9}(,\\d{0,9})?")) {
            part(1);
            return;
        }
        at = end + 1;
        var numbers = bounds.split(",", -1);
        long least = Long.parseLong(numbers[0]);
        long most = numbers.length == 1 ? least : numbers[1].isEmpty() ? least + 1 : Long.parseLong(numbers[1]);
        long times = Math.max(1, Math.max(least, most));
        last = last > MOST / (times + 1) ? MOST : last * times + times;
    }

    private static long sum(long one, long other) {
        return Math.min(MOST, one + other);
    }
}
