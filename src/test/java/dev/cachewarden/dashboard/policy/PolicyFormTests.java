package dev.cachewarden.dashboard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.planner.Space;
import dev.cachewarden.policy.DayWindow;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.Watermark;
import java.time.Duration;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.LinkedMultiValueMap;

class PolicyFormTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * * *     | Every day at 03:00, UTC
            5 14 * * 1    | Every Monday at 14:05, UTC
            5 14 * * 0    | Every Sunday at 14:05, UTC
            5 14 * * sun  | Every Sunday at 14:05, UTC
            0 4 * * 1-5   | Monday to Friday at 04:00, UTC
            0 4 1 * *     | On day 1 of each month at 04:00, UTC
            7 * * * *     | Every hour at minute 7, UTC
            */15 * * * *  | Every 15 minutes, UTC
            */15 * * * 1  | Cron */15 * * * 1, UTC
            0 3 1 * 1     | Cron 0 3 1 * 1, UTC
            0 3 * 6 *     | Cron 0 3 * 6 *, UTC
            0 3,15 * * *  | Cron 0 3,15 * * *, UTC
            """)
    void tellsWhenAPolicyFires(String cron, String words) {
        assertThat(ScheduleWords.of(Triggers.cron(cron, ZoneId.of("UTC")))).isEqualTo(words);
    }

    @Test
    void tellsThatAPolicyWithoutCronIsRunByHand() {
        assertThat(ScheduleWords.of(Triggers.NONE)).isEqualTo("Manual only");
    }

    @Test
    void tellsAllThatSetsAPolicyOff() {
        var watermark = new Watermark(Watermark.Of.CACHE, Space.parse("80GiB"), Space.parse("60GiB"));
        var triggers = new Triggers("0 3 * * *", ZoneId.of("UTC"), watermark, true, DayWindow.parse("22:00-06:00"));

        assertThat(ScheduleWords.of(triggers))
                .isEqualTo("Every day at 03:00, UTC; when the cache is above 80.0 GiB, down to 60.0 GiB; after builds;"
                        + " only within 22:00-06:00");
        assertThat(WhenForm.of(triggers))
                .hasToString("WhenForm[cron=0 3 * * *, timeZone=UTC, watermarkOf=CACHE, watermarkStart=80GiB,"
                        + " watermarkStop=60GiB, afterBuilds=true, window=22:00-06:00]");
    }

    @ParameterizedTest
    @MethodSource
    void givesGuardsBackAsTheyWere(RunGuards guards, String typed) {
        assertThat(GuardsForm.of(guards)).hasToString(typed);
    }

    static Stream<Arguments> givesGuardsBackAsTheyWere() {
        return Stream.of(
                Arguments.of(
                        RunGuards.NONE,
                        "GuardsForm[waitForBuilds=, stopAfterFailures=, batchSize=, pauseBetweenBatches=]"),
                Arguments.of(
                        new RunGuards(Duration.ZERO, 3, 500, Duration.ofSeconds(5)),
                        "GuardsForm[waitForBuilds=0s, stopAfterFailures=3, batchSize=500, pauseBetweenBatches=5s]"),
                Arguments.of(
                        new RunGuards(Duration.ofMinutes(10), null, null, Duration.ofMillis(500)),
                        "GuardsForm[waitForBuilds=10m, stopAfterFailures=, batchSize=, pauseBetweenBatches=PT0.5S]"));
    }

    @Test
    void readsGuardsAsTyped() {
        var typed = new LinkedMultiValueMap<String, String>();
        typed.add("waitForBuilds", " 10m ");
        typed.add("stopAfterFailures", "3");
        typed.add("batchSize", "lots");

        assertThat(PolicyForm.read(typed).toInput().guards())
                .isEqualTo(new PolicyDocument.Guards("10m", "3", "lots", ""));
    }

    @Test
    void dropsRulesLeftEmptyAndKeepsTypesItDoesNotKnow() {
        var typed = new LinkedMultiValueMap<String, String>();
        typed.add("rules[0].unusedFor", "  ");
        typed.add("rules[2].types", "of.tomorrow");
        typed.add("rules[2].unusedFor", "2d");

        var form = PolicyForm.read(typed);

        assertThat(form.toInput().rules()).singleElement().satisfies(rule -> {
            assertThat(rule.types()).containsExactly("of.tomorrow");
            assertThat(rule.unusedFor()).isEqualTo("2d");
        });
        assertThat(form.rules().getFirst().offered()).contains("of.tomorrow", "exec.cachemount");
        assertThat(form.rows()).hasSize(4);
    }
}
