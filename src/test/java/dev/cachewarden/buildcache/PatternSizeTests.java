package dev.cachewarden.buildcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSizeTests {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
            npm ci                          ; 20
            ^RUN (apt-get|apk) (install|add); 60
            [a-z]{3,8}                      ; 40
            \\Qa+b\\E                       ; 20
            """)
    void ordinaryPatternsAreSmall(String regex, long most) {
        assertThat(PatternSize.of(regex)).isBetween(1L, most);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(?:(?:a{0,1000}){0,1000}){0,1000}",
                "((\\pL{1000}){1000}){1000}",
                "(([]({]{1000}){1000}){1000}",
                "([[:alpha:]]{1000}){1000}",
                "((\\Q)\\E{1000}){1000}){1000}",
                "(((((((((a{10}){10}){10}){10}){10}){10}){10}){10}){10}",
                "((a{1000,}){1000,}){1000,}",
                "(x|(a{999}|b){999}){999}"
            })
    void repetitionsOfRepetitionsAreLarge(String regex) {
        assertThat(PatternSize.of(regex)).isGreaterThan(500_000);
    }

    @Test
    void neverBelowTheTrueSize() {
        var random = new Random(7);
        var parts = List.of(
                "a",
                ".",
                "[ab]",
                "[^\\]x]",
                "\\pL",
                "(",
                ")",
                "|",
                "*",
                "+?",
                "{2}",
                "{3,5}",
                "{4,}",
                "\\.",
                "\\Qa.b\\E");
        int compiled = 0;
        for (int i = 0; i < 20_000; i++) {
            var regex = new StringBuilder();
            for (int j = random.nextInt(1, 12); j > 0; j--) {
                regex.append(parts.get(random.nextInt(parts.size())));
            }
            int size = trueSize(regex.toString());
            if (size >= 0) {
                compiled++;
                assertThat(PatternSize.of(regex.toString()))
                        .as(regex.toString())
                        .isGreaterThanOrEqualTo(size);
            }
        }
        assertThat(compiled).isGreaterThan(1_000);
    }

    /** Of RE2 itself; -1: it is no regular expression. */
    private static int trueSize(String regex) {
        try {
            return Pattern.compile(regex).programSize();
        } catch (com.google.re2j.PatternSyntaxException e) {
            return -1;
        }
    }
}
