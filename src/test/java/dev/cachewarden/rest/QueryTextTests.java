package dev.cachewarden.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x=%ff          | x     | is not percent-encoded UTF-8: %ff
            x=%            | x     | is not percent-encoded UTF-8: %
            x=%4           | x     | is not percent-encoded UTF-8: %4
            x=%zz          | x     | is not percent-encoded UTF-8: %zz
            ok=1&x=%c3     | x     | is not percent-encoded UTF-8: %c3
            %ff=1          | query | has a parameter whose name is not percent-encoded UTF-8: %ff
            =1             | query | has a value without a name: =1
            a%0ab=1        | a\\u000Ab | has a name with a control character
            a%c2%85=1      | a\\u0085 | has a name with a control character
            x=a%00b        | x     | contains NUL (U+0000)
            """)
    void namesThePartThatCannotBeRead(String query, String field, String reason) {
        assertThat(QueryText.problem(query).orElseThrow().errors()).containsExactly(new FieldProblem(field, reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "x=", "&&", "x=1&", "x=%C3%84", "x=a+b%2B", "x=%0A", "x==", "q=%EF%BF%BD"})
    void takesWhatCanBeRead(String query) {
        assertThat(QueryText.problem(query)).isEmpty();
    }

    @Test
    void ofAFormNamesTheField() {
        assertThat(QueryText.problem(Map.of("name", new String[] {"a\0b"}))
                        .orElseThrow()
                        .errors())
                .containsExactly(new FieldProblem("name", "contains NUL (U+0000)"));
        assertThat(QueryText.problem(Map.of("name", new String[] {"a\ufffdb"}))
                        .orElseThrow()
                        .errors())
                .containsExactly(new FieldProblem("name", "is not UTF-8"));
    }
}
