package dev.cachewarden.rest.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV (RFC 4180) row by row and keeps nothing in memory. A text that a spreadsheet would run as a formula gets an apostrophe as its
 * first character. Numbers are written unchanged.
 */
public final class CsvWriter {

    private final Appendable out;
    private final int columns;

    /** Creates a writer and writes the row of column names. */
    public CsvWriter(Appendable out, String... columns) {
        this.out = out;
        this.columns = columns.length;
        row((Object[]) columns);
    }

    /**
     * Writes a row.
     *
     * @param cells one for each column: numbers, or other values that are written as their {@code toString()}; null becomes an empty cell
     * @throws UncheckedIOException if the row cannot be written, which means that the client closed the connection
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

    // The characters by which spreadsheets recognize a formula. Tab and carriage return are included because
    // spreadsheets skip them.
    private static String disarmed(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean needed = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
