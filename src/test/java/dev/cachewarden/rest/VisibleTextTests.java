package dev.cachewarden.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u202eb",
                "a\u2066b",
                "\u200fa",
                "\u061ca",
                "a\u200bb",
                "a\u2060b",
                "\ufeffa",
                "a\u0007",
                "a\u0085b",
                "a\nb",
                "a\u2028b",
                "a\u00adb",
                "\ud800",
                "\udb40\udc41",
                "a\u3164b",
                "\u001b[31m"
            })
    void namesHaveNoHiddenCharacters(String name) {
        assertThat(VisibleText.problem(name)).startsWith("must not contain invisible characters; it contains \\u");
        assertThat(VisibleText.isVisible(VisibleText.of(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "Größe 5", "日本", "מטמון", "é", "😀", "a-b_c.d"})
    void namesOfAnyScriptAreFine(String name) {
        assertThat(VisibleText.problem(name)).isNull();
        assertThat(VisibleText.of(name)).isEqualTo(name);
    }

    @Test
    void hiddenCharactersAreWrittenOut() {
        assertThat(VisibleText.of("RUN \u202egnp.exe\u0000")).isEqualTo("RUN \\u202Egnp.exe\\u0000");
        assertThat(VisibleText.of("\udb40\udc41")).isEqualTo("\\u{E0041}");
        assertThat(VisibleText.ofLines("a\n\tb\u202e")).isEqualTo("a\n\tb\\u202E");
    }

    @ParameterizedTest
    @CsvSource({"E28, e28", "Straße, STRASSE", "ΣΊΣΥΦΟΣ, σίσυφος", "Å, Å", "ﬁle, FILE", " a, A"})
    void namesThatReadTheSameAreTheSame(String one, String other) {
        assertThat(VisibleText.isSameName(one, other)).isTrue();
    }

    @Test
    void otherNamesAreNot() {
        assertThat(VisibleText.isSameName("e28", "e29")).isFalse();
        assertThat(VisibleText.isSameName("a", "ä")).isFalse();
    }
}
