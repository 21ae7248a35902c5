package dev.cachewarden.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTests {

    @ParameterizedTest
    @CsvSource({
        "main, main",
        "feature/%C3%84, feature/Ä",
        "%e6%97%a5%E6%9C%AC, 日本",
        "a%20b+c, a b+c",
        "100%, 100%",
        "100%25, 100%",
        "50% of %C3%84, 50% of %C3%84",
        "%C3, %C3",
        "%ff%fe, %ff%fe"
    })
    void readsPercentEncodingWhereItIsOne(String header, String text) {
        assertThat(HeaderText.decode(header)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"feature/Ä", "日本", "😀", "é%"})
    void readsRawUtf8ThatTheContainerTookForLatin1(String text) {
        var read = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(HeaderText.decode(read)).isEqualTo(text);
    }

    @Test
    void takesLatin1AsItIs() {
        assertThat(HeaderText.decode("caf\u00e9")).isEqualTo("café");
    }
}
