package dev.cachewarden.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV (RFC 4180) row by row, keeping nothing in memory. A text that a spreadsheet would run as a formula gets an
 * apostrophe in front; numbers are written as they are.
 */
public final class CsvWriter {

    private final Appendable out;
    private final int columns;

    /** Begins with the row of column names. */
    public CsvWriter(Appendable out, String... columns) {
        this.out = out;
        this.columns = columns.length;
        row((Object[]) columns);
    }

    /**
     * Writes a row.
     *
     * @param cells one for each column; numbers, or anything else by its {@code toString()}; null is left empty
     * @throws UncheckedIOException if it cannot be written, which means that nobody is there to read it
     */
    public void row(@Nullable Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(
                    "A row of " + columns + " columns was given " + cells.length + " cells: " + Arrays.toString(cells));
        }
        try {
            for (int column = 0; column < columns; column++) {
                out.append(column == 0 ? "" : ",").append(cell(cells[column]));
            }
            out.append("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return value instanceof Number || value instanceof Boolean ? text : quoted(disarmed(text));
    }

    // The characters by which spreadsheets recognise a formula, tab and carriage return included, since they are
    // skipped.
    private static String disarmed(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean needed = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
