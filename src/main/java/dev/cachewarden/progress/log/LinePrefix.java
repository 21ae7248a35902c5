package dev.cachewarden.progress.log;

import dev.cachewarden.progress.json.RawJsonReader;
import java.nio.charset.StandardCharsets;

/**
 * What CI servers and shells put before each line of a log, or before some: the time, as GitHub Actions, Azure Pipelines and Jenkins do, and
 * GitLab with a mark of the stream; GitLab's marks of sections; the name of the command, as Windows PowerShell does before the first line of
 * standard error.
 */
final class LinePrefix {

    private static final byte[] SECTION_START = ascii("section_start:");
    private static final byte[] SECTION_END = ascii("section_end:");
    private static final byte[] SECTION_ENDS = ascii("\r\u001b[0K");
    private static final byte[] POWERSHELL = ascii("docker : ");
    private static final byte[] POWERSHELL_EXE = ascii("docker.exe : ");

    /** {@code 2026-01-01T00:00:00} with d for digits. */
    private static final byte[] ISO = ascii("dddd-dd-ddTdd:dd:dd");

    private static final byte[] CLOCK = ascii("dd:dd:dd");
    private static final byte[] OFFSET = ascii("dd:dd");
    private static final int MOST_DECIMALS = 9;

    /** Sections end and begin on one line. */
    private static final int MOST_SECTIONS = 8;

    private static final int NO_CLOCK = Integer.MAX_VALUE;

    private byte[] line = {};
    private int to;
    private boolean cut;
    private boolean continued;

    /** How many blanks the server puts between a bare time of the day and the line, as seen before lines that surely are of a build. */
    private int blanks = NO_CLOCK;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns where the line itself begins. */
    int after(byte[] bytes, int from, int end) {
        line = bytes;
        to = end;
        cut = false;
        continued = false;
        if (isStep(from)) {
            // The server writes no times here: what has one behind this has its own.
            blanks = NO_CLOCK;
            return from;
        }
        if (from == end || line[from] == '#' || line[from] == '{') {
            return from;
        }
        int at = afterSections(from);
        at = afterTime(at);
        at = afterSections(at);
        at = afterCommand(at, POWERSHELL);
        return afterCommand(at, POWERSHELL_EXE);
    }

    /** Whether the last one was of GitLab, which cuts lines: the next may go on with this one. */
    boolean mayGoOn() {
        return cut;
    }

    /** Whether the last one said that its line goes on with the one before. */
    boolean isContinued() {
        return continued;
    }

    private int afterSections(int from) {
        int at = from;
        for (int i = 0; i < MOST_SECTIONS && (begins(at, SECTION_START) || begins(at, SECTION_END)); i++) {
            int end = at;
            while (end < to && !begins(end, SECTION_ENDS)) {
                end++;
            }
            if (end == to) {
                return at;
            }
            at = end + SECTION_ENDS.length;
        }
        return at;
    }

    private int afterTime(int from) {
        boolean bracket = from < to && line[from] == '[';
        int end = afterIso(bracket ? from + 1 : from);
        if (bracket) {
            return end < 0 || end == to || line[end] != ']' ? from : afterBlank(end + 1);
        }
        if (end < 0) {
            return afterClock(from);
        }
        if (end < to && line[end] != ' ') {
            return from;
        }
        return afterStream(afterBlank(end));
    }

    /** {@code 00O } or {@code 01E+}: GitLab's number of the stream, which one it is, and whether it goes on with the line before. */
    private int afterStream(int from) {
        boolean stream = to - from >= 3
                && isHex(line[from])
                && isHex(line[from + 1])
                && (line[from + 2] == 'O' || line[from + 2] == 'E')
                && (to - from == 3 || line[from + 3] == ' ' || line[from + 3] == '+');
        cut = stream;
        continued = stream && to - from > 3 && line[from + 3] == '+';
        return stream ? Math.min(to, from + 4) : from;
    }

    /** Much else may begin with a time of the day: it is the server's once one stood before a line that surely is of a build. */
    private int afterClock(int from) {
        if (!matches(from, CLOCK)) {
            return from;
        }
        int at = afterDecimals(from + CLOCK.length);
        int text = at;
        while (text < to && line[text] == ' ') {
            text++;
        }
        if (text == to) {
            return Math.min(text - at, blanks) + at;
        }
        if (text == at) {
            return from;
        }
        if (isStep(text)) {
            blanks = text - at;
            return text;
        }
        if (Formats.isBrace(line, text, to) || RawJsonReader.mayBegin(line, text, to)) {
            blanks = Math.min(blanks, text - at);
        }
        return blanks == NO_CLOCK ? from : at + Math.min(text - at, blanks);
    }

    private int afterCommand(int from, byte[] command) {
        return begins(from, command) && isStep(from + command.length) ? from + command.length : from;
    }

    private boolean isStep(int at) {
        return to - at > 1 && line[at] == '#' && isDigit(line[at + 1]);
    }

    private int afterIso(int from) {
        if (!matches(from, ISO)) {
            return -1;
        }
        int at = afterDecimals(from + ISO.length);
        if (at < to && line[at] == 'Z') {
            return at + 1;
        }
        boolean offset = at < to && (line[at] == '+' || line[at] == '-') && matches(at + 1, OFFSET);
        return offset ? at + 1 + OFFSET.length : -1;
    }

    private int afterDecimals(int from) {
        if (from >= to || (line[from] != '.' && line[from] != ',')) {
            return from;
        }
        int at = from + 1;
        while (at < to && at - from <= MOST_DECIMALS && isDigit(line[at])) {
            at++;
        }
        return at;
    }

    private int afterBlank(int from) {
        return from < to && line[from] == ' ' ? from + 1 : from;
    }

    private boolean matches(int from, byte[] pattern) {
        if (to - from < pattern.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            boolean same = pattern[i] == 'd' ? isDigit(line[from + i]) : line[from + i] == pattern[i];
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private boolean begins(int from, byte[] beginning) {
        return Formats.begins(line, from, to, beginning);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isHex(byte b) {
        return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }
}
