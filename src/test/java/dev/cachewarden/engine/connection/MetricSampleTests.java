package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricSampleTests {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "0,                 0",
                "1.0e+11,           100000000000",
                "2.5165824e+07,     25165824",
                "1.2E3,             1200",
                "+12,               12",
                "5.,                5",
                ".5,                0",
                "3.9,               3",
                "9.223372036854775807e+18, 9223372036854775807",
                "9.3e+18,           -",
                "1e999,             -",
                "-1,                -",
                "NaN,               -",
                "+Inf,              -",
                "-Inf,              -",
            })
    void valuesAreBytesOrNothingCertain(String written, @Nullable Long bytes) {
        assertThat(sample("a{b=\"c\"} " + written).value()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a{m="/"} 1                        | /
            a{m="/a b"} 1                     | /a b
            a{m="/a\\\\b"} 1                  | /a\\b
            a{m="/a\\"b"} 1                   | /a"b
            a{m="/a\\134b"} 1                 | /a\\134b
            a{m="/}, x=\\"y"} 1               | /}, x="y
            a{x="y",m="/z",} 1                | /z
            a { m = "/z" , x="y" } 1 17000000 | /z
            a{m="/ü"}	1                      | /ü
            """)
    void labelsAreUnescaped(String line, String mountpoint) {
        assertThat(sample(line).labels()).containsEntry("m", mountpoint);
    }

    @Test
    void newlinesInLabelsAreUnescaped() {
        assertThat(sample("a{m=\"x\\ny\"} 1").labels()).isEqualTo(Map.of("m", "x\ny"));
    }

    @Test
    void labelsMayBeMissing() {
        assertThat(sample("up 1")).isEqualTo(new MetricSample("up", Map.of(), 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# TYPE a gauge",
                "a",
                "a{",
                "a{}",
                "a{m=\"/\"}",
                "a{m=\"/\"} many",
                "a{m=\"/\"} 1 2 3",
                "a{m=\"/\"} 1 soon",
                "a{m=\"/} 1",
                "a{m=/} 1",
                "a{m=\"/\" n=\"x\"} 1",
                "a{m=\"/\",m=\"/x\"} 1",
                "a{m=\"\\",
                "<html>",
                "a 0x10",
                "a 1d",
            })
    void skipsInvalidLines(String line) {
        assertThat(MetricSample.parse(line)).isNull();
    }

    private static MetricSample sample(String line) {
        return Objects.requireNonNull(MetricSample.parse(line), line);
    }
}
