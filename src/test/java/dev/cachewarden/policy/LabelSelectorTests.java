package dev.cachewarden.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTests {

    private static final Map<String, String> CI = Map.of("env", "ci", "team", "ml", "gpu", "a100");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                  | true
                    env=ci              | true
                    env==ci             | true
                    env=prod            | false
                    site=fra            | false
                    team!=web           | true
                    team!=ml            | false
                    site!=fra           | true
                    gpu                 | true
                    site                | false
                    !site               | true
                    !gpu                | false
                    env=ci,team!=ml     | false
                    env=ci, !site , gpu | true
                    """)
    void matchAHost(String selector, boolean matches) {
        assertThat(LabelSelector.parse(selector).matches(CI)).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    env = ci , team != ml | env=ci,team!=ml
                    ! old,@kind=buildkitd | !old,@kind=buildkitd
                    env=ci,,env=ci,       | env=ci
                    env==ci               | env=ci
                    größe=L,a.b_c-d       | größe=L,a.b_c-d
                    """)
    void readBackAsWritten(String text, String written) {
        var selector = LabelSelector.parse(text);

        assertThat(selector).hasToString(written);
        assertThat(LabelSelector.parse(written)).isEqualTo(selector);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    env=           | 'env=' is not a label condition; use key=value, key!=value, key or !key, with letters, digits, dots, dashes and underscores
                    =ci            | '=ci' is not a label condition; use key=value, key!=value, key or !key, with letters, digits, dots, dashes and underscores
                    env in (a)     | 'env in (a)' is not a label condition; use key=value, key!=value, key or !key, with letters, digits, dots, dashes and underscores
                    !env=ci        | '!env=ci' is not a label condition; use key=value, key!=value, key or !key, with letters, digits, dots, dashes and underscores
                    @host=x        | '@host=x' is not a label condition; use key=value, key!=value, key or !key, with letters, digits, dots, dashes and underscores
                    env=a,env=b    | requires 'env=a' and 'env=b', but no host can match both
                    env!=a,env=a   | requires 'env!=a' and 'env=a', but no host can match both
                    env=a,!env     | requires 'env=a' and '!env', but no host can match both
                    !env,env       | requires '!env' and 'env', but no host can match both
                    """)
    void refuseWhatIsNoneAndWhatNoHostCanPass(String text, String reason) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> LabelSelector.parse(text))
                .withMessage(reason);
    }

    @Test
    void refuseMoreConditionsThanAPersonWrites() {
        String many = IntStream.range(0, 33).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> LabelSelector.parse(many))
                .withMessage("has 33 conditions; the limit is 32");
    }
}
