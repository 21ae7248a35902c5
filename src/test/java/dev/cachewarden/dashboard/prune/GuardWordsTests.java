package dev.cachewarden.dashboard.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.planner.RunGuards;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardWordsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -     | - | -   | -      | as in the server settings
            PT10M | - | -   | -      | waits up to 10 min for running builds; others as in the server settings
            PT0S  | 1 | 1   | PT0S   | does not wait for running builds; stops after 1 failed deletion; batches of 1 record; does not pause between batches
            PT1H  | 3 | 500 | PT0.5S | waits up to 1 h for running builds; stops after 3 failed deletions; batches of at most 500 records; pauses for 0.5 s between batches
            """)
    void describesTheGuards(
            @Nullable Duration wait,
            @Nullable Integer failures,
            @Nullable Integer batch,
            @Nullable Duration pause,
            String words) {
        assertThat(GuardWords.of(new RunGuards(wait, failures, batch, pause))).isEqualTo(words);
    }
}
