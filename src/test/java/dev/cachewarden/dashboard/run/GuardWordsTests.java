package dev.cachewarden.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.planner.RunGuards;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardWordsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -     | - | -   | -      | as the service's settings have it
            PT10M | - | -   | -      | waits up to 10m for running builds; the rest as the service's settings have it
            PT0S  | 1 | 1   | PT0S   | does not wait for running builds; ends once 1 record that should be gone is not; one record at a time; no pause between batches
            PT1H  | 3 | 500 | PT0.5S | waits up to 1h for running builds; ends once 3 records that should be gone are not; at most 500 records at a time; PT0.5S between batches
            """)
    void tellHowGentlyARunGoesAboutIt(
            @Nullable Duration wait,
            @Nullable Integer failures,
            @Nullable Integer batch,
            @Nullable Duration pause,
            String words) {
        assertThat(GuardWords.of(new RunGuards(wait, failures, batch, pause))).isEqualTo(words);
    }
}
