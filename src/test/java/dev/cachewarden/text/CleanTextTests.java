package dev.cachewarden.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanTextTests {

    @Test
    void keepsWhatIsClean() {
        String text = "[base 1/2] RUN echo 'grüße 日本 😀'\n\tls";

        assertThat(CleanText.of(text)).isSameAs(text);
    }

    @Test
    void replacesControlCharacters() {
        assertThat(CleanText.of("a\0b\u001b[31mc\u007fd\u0085e")).isEqualTo("a\uFFFDb\uFFFD[31mc\uFFFDd\uFFFDe");
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        assertThat(CleanText.of("\ud83d!")).isEqualTo("\uFFFD!");
        assertThat(CleanText.of("x\ude00\ude00")).isEqualTo("x\uFFFD\uFFFD");
        assertThat(CleanText.of("\ud83d\ud83d\ude00")).isEqualTo("\uFFFD😀");
        assertThat(CleanText.of("end\ud83d")).isEqualTo("end\uFFFD");
    }

    @Test
    void cutsWithoutSplittingAPair() {
        assertThat(CleanText.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(CleanText.of("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(CleanText.of("abcd😀fgh", 6)).isEqualTo("abcd…");
    }

    @Test
    void joinsLines() {
        assertThat(CleanText.line("  no such\r\n\t host \n", 100)).isEqualTo("no such host");
        assertThat(CleanText.line("x".repeat(1_000_000), 10)).isEqualTo("xxxxxxxxx…");
    }

    @Test
    void knowsACleanLine() {
        assertThat(CleanText.isCleanLine("k8587m58dlzg")).isTrue();
        assertThat(CleanText.isCleanLine("a\nb")).isFalse();
        assertThat(CleanText.isCleanLine("a\0b")).isFalse();
    }
}
