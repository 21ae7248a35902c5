package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    0 30 2 * * *   | '0 30 2 * * *' has 6 fields; five are expected: minute, hour, day of the month, month, day of the week (without seconds)
                    30 2 * *       | '30 2 * *' has 4 fields; five are expected: minute, hour, day of the month, month, day of the week
                    @daily         | '@daily' has 1 field; five are expected: minute, hour, day of the month, month, day of the week
                    now and then, at best please | 'now and then, at best please' has 6 fields; five are expected: minute, hour, day of the month, month, day of the week (without seconds)
                    a b c d e      | 'a b c d e' is not a cron expression; use five fields, such as '30 3 * * *' for 03:30 every day
                    60 * * * *     | '60 * * * *' is not a cron expression; use five fields, such as '30 3 * * *' for 03:30 every day
                    0 0 30 2 *     | '0 0 30 2 *' never starts a run, because no such date exists
                    0 0 31 4,6 *   | '0 0 31 4,6 *' never starts a run, because no such date exists
                    """)
    void refuseWhatIsNoCron(String cron, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CronSchedule.parse(cron, BERLIN))
                .withMessage(message);
    }

    @Test
    void startOnTheTwentyNinthOfFebruary() {
        assertThat(next("0 0 29 2 *", "2024-03-01T00:00:00Z", 1)).containsExactly("2028-02-28T23:00:00Z");
    }

    @Test
    void startAtTheSameTimeOfDayInSummerAndWinter() {
        assertThat(next("0 3 * * *", "2026-03-27T12:00:00Z", 3))
                .containsExactly("2026-03-28T02:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z");
    }

    @Test
    void passOverATimeThatDoesNotExistWhereClocksArePutForward() {
        assertThat(next("30 2 * * *", "2026-03-28T12:00:00Z", 1)).containsExactly("2026-03-30T00:30:00Z");
    }

    @Test
    void startOnceAtATimeThatComesTwiceWhereClocksArePutBack() {
        assertThat(next("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void goOnEveryHourThroughBothChangesOfTheClock() {
        assertThat(next("30 * * * *", "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
        assertThat(next("30 * * * *", "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
    }

    private static List<String> next(String cron, String after, int count) {
        return CronSchedule.parse(cron, BERLIN).next(Instant.parse(after), count).stream()
                .map(Instant::toString)
                .toList();
    }
}
