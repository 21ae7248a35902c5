package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockOffsetTests {

    private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            equal                                       | PT0S     | PT0.02S  | PT0S
            ahead                                       | PT2H     | PT0S     | PT2H
            behind                                      | PT-3M    | PT0S     | PT-3M
            counted from the middle                     | PT1H     | PT4S     | PT59M58S
            within what an answer may take              | PT1S     | PT0S     | PT0S
            a little beyond                             | PT1.01S  | PT0S     | PT1.01S
            less than this answer took                  | PT12S    | PT20S    | PT0S
            more than this answer took                  | PT25S    | PT20S    | PT15S
            local clock was set back                    | PT0S     | PT-1H    | PT0S
            """)
    void aDifferenceCountsThatNoAnswerExplains(String name, Duration reported, Duration took, Duration ahead) {
        var offset = ClockOffset.of(ASKED, ASKED.plus(reported), ASKED.plus(took));

        assertThat(offset.ahead()).isEqualTo(ahead);
        assertThat(offset.toLocal(offset.toRemote(ASKED))).isEqualTo(ASKED);
    }

    @Test
    void timesGoFromOneClockToTheOther() {
        var ahead = new ClockOffset(Duration.ofHours(2));

        assertThat(ahead.toLocal(ASKED)).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(ahead.toRemote(ASKED)).isEqualTo("2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,false", "PT1M,false", "PT61S,true", "PT-1M,false", "PT-61S,true"})
    void isNotableAboveOneMinute(Duration ahead, boolean notable) {
        assertThat(new ClockOffset(ahead).notable()).isEqualTo(notable);
    }
}
