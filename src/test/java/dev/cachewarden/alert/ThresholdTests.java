package dev.cachewarden.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.alert.Threshold.Unit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTests {

    @ParameterizedTest
    @CsvSource({
        "15%, PERCENT, 15, 15%",
        "2.5 %, PERCENT, 2.5, 2.50%",
        "20GiB, BYTES, 21474836480, 20GiB",
        "1kB, BYTES, 1000, 1000B",
        "72h, DURATION, 259200, 3d",
        "0s, DURATION, 0, 0s",
        "1 run, RUNS, 1, 1 run",
        "0 runs, RUNS, 0, 0 runs"
    })
    void readsAValueWithItsUnitAndWritesIt(String text, Unit unit, double amount, String written) {
        var threshold = Threshold.parse(text, List.of(unit));

        assertThat(threshold).isEqualTo(new Threshold(unit, amount));
        assertThat(threshold.toString()).isEqualTo(written);
        assertThat(Threshold.parse(written, List.of(unit))).isEqualTo(threshold);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            15      | '15' has no unit; use a value such as 15% or 20GiB
            72h     | '72h' is not a threshold of this rule; use a value such as 15% or 20GiB
            -3%     | '-3%' is not a threshold of this rule; use a value such as 15% or 20GiB
            10000%  | '10000%' is not a threshold of this rule; use a value such as 15% or 20GiB
            """)
    void refusesAValueWithoutAUnitOrWithAnotherOne(String text, String message) {
        assertThatThrownBy(() -> Threshold.parse(text, List.of(Unit.PERCENT, Unit.BYTES)))
                .hasMessage(message);
    }
}
