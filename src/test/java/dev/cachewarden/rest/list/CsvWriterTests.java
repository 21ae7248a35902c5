package dev.cachewarden.rest.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvWriterTests {

    private final StringBuilder out = new StringBuilder();

    @Test
    void writesHeaderAndRowsWithCrLf() {
        var csv = new CsvWriter(out, "id", "sizeBytes", "inUse", "lastUsedAt");

        csv.row("abc", 1024L, true, null);

        assertThat(out).hasToString("id,sizeBytes,inUse,lastUsedAt\r\nabc,1024,true,\r\n");
    }

    @Test
    void quotesWhatWouldBreakARow() {
        new CsvWriter(out, "a", "b", "c").row("x,y", "say \"hi\"", "two\nlines");

        assertThat(out).hasToString("a,b,c\r\n\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"=1+2, '=1+2", "+1, '+1", "-cmd, '-cmd", "@SUM(A1), '@SUM(A1)", "`=1,2`, `\"'=1,2\"`", "a=b, a=b"})
    void disarmsFormulas(String text, String written) {
        new CsvWriter(out, "a").row(text);

        assertThat(out).hasToString("a\r\n" + written + "\r\n");
    }

    @Test
    void leavesNegativeNumbersNumbers() {
        new CsvWriter(out, "a").row(-5);

        assertThat(out).hasToString("a\r\n-5\r\n");
    }

    @Test
    void rowWithAnotherNumberOfCellsIsRefused() {
        var csv = new CsvWriter(out, "a", "b");

        assertThatThrownBy(() -> csv.row("x")).hasMessage("A row of 2 columns was given 1 cells: [x]");
    }

    @Test
    void throwsIfTheClientDisconnects() {
        var closed = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> new CsvWriter(closed, "a"))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("Broken pipe");
    }
}
