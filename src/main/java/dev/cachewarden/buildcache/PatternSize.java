package dev.cachewarden.buildcache;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large the program of a regular expression of RE2 becomes, estimated from its text alone. RE2 writes a repetition out: {@code
 * ((a{1000}){1000}){1000}} has 23 characters and would need a billion instructions. The estimate is never below the true size.
 */
public final class PatternSize {

    /** Classes such as {@code \pL} hold hundreds of ranges. */
    private static final int UNICODE_CLASS = 20;

    private static final long MOST = Long.MAX_VALUE / 4;

    private final String regex;
    private final Deque<long[]> outer = new ArrayDeque<>();
    private int at;

    /** Instructions of all before the last part, and of the last part, which a repetition applies to. */
    private long before;

    private long last;

    private PatternSize(String regex) {
        this.regex = regex;
    }

    /** Returns the number of instructions; of a text that is no regular expression, any number. */
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
        // Its flags or name are read as parts: a few too many.
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
            // Only its last character is repeated, but no more is known here to tell them apart.
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

    /** The end of a name such as {@code [:alpha:]} that begins here; -1: none does. */
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
