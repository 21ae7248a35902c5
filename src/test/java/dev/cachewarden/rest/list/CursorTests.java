package dev.cachewarden.rest.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.rest.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTests {

    private static final String REFUSAL =
            "after: is not a cursor of this list; use 'next' of the previous page with the same filter and sort order";

    @Test
    void decodeGivesBackWhatWasEncoded() {
        var cursor = Cursor.encode("records by size", List.of("1024", "7", "", "sé7"));

        assertThat(Cursor.decode("records by size", cursor)).containsExactly("1024", "7", "", "sé7");
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void decodeWhenOfAnotherListIsRefused() {
        var cursor = Cursor.encode("records by size", List.of("1024"));

        assertThatThrownBy(() -> Cursor.decode("records by uses", cursor))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(REFUSAL);
    }

    @Test
    void decodeWhenOneCharacterIsAlteredIsRefused() {
        var cursor = Cursor.encode("records", List.of("1024", "abcdef"));
        for (int at = 0; at < cursor.length() - 1; at++) {
            char other = cursor.charAt(at) == 'A' ? 'B' : 'A';
            var altered = cursor.substring(0, at) + other + cursor.substring(at + 1);
            assertThatThrownBy(() -> Cursor.decode("records", altered))
                    .as("character %d", at)
                    .hasMessage(REFUSAL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "12", "%%%", "ÄÖÜ", "AAAAAAAAAA", "null"})
    void decodeWhenMadeUpIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.decode("records", text)).hasMessage(REFUSAL);
    }
}
