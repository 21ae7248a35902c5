package dev.cachewarden.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTests {

    @ParameterizedTest
    @CsvSource({"abcd, 4, abcd", "abcde, 4, abc…", "😀😀, 4, 😀😀", "a😀😀, 4, a😀…", "ab😀😀, 4, ab…", "😀😀, 2, …"})
    void unitsNeverSplitASurrogatePair(String text, int most, String expected) {
        assertThat(Cut.units(text, most)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "abcd, 4, abcd",
        "abcde, 4, a…",
        "ääää, 8, ääää",
        "äääää, 8, ää…",
        "😀😀, 8, 😀😀",
        "😀😀😀, 8, 😀…",
        "😀😀, 6, …"
    })
    void bytesNeverSplitACharacter(String text, int most, String expected) {
        assertThat(Cut.bytes(text, most)).isEqualTo(expected);
        assertThat(Cut.size(Cut.bytes(text, most))).isLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"a<b, 100, a&lt;b", "<<<<, 9, &lt;&lt;…", "&&&&&&, 30, &amp;&amp;&amp;&amp;&amp;&amp;"})
    void escapedTextNeverEndsInsideAnEntity(String text, int most, String expected) {
        assertThat(Slack.escaped(text, most)).isEqualTo(expected);
    }
}
