package dev.cachewarden.rest.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTests {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            'type:regular npm ci',      'type=regular|null=npm|null=ci'
            '"exit code: 1"',           'null=exit code: 1'
            'project:"shop web" x',     'project=shop web|null=x'
            '"a \\" b"',                'null=a " b'
            'a"b c"d',                  'null=ab cd'
            """)
    void parsesWordsAndTokens(String typed, String expected) {
        assertThat(FilterText.read(typed).stream()
                        .map(word -> word.key() + "=" + word.value())
                        .toList())
                .containsExactly(expected.split("\\|"));
    }

    /** By letters and within quotes alike: a regular expression may take stack for each. */
    @Test
    void wordsMayBeAsLongAsTheyLike() {
        String letters = "a".repeat(200_000);
        String escaped = "\\\"".repeat(100_000);

        assertThat(FilterText.read(letters + " \"" + letters + "\" x:\"" + escaped + "\""))
                .extracting(FilterText.Word::value)
                .containsExactly(letters, letters, "\"".repeat(100_000));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            'a "b c',   'The quote at "b c is not closed; add a " at the end'
            'type:',    '''type:'' has no value'
            'type:""',  '''type:""'' has no value'
            """)
    void explainsInvalidFilters(String typed, String problem) {
        assertThatThrownBy(() -> FilterText.read(typed)).hasMessageContaining(problem);
    }
}
