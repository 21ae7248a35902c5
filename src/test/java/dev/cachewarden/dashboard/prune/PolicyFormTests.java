package dev.cachewarden.dashboard.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.DayWindow;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.Watermark;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
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
    void describesTheSchedule(String cron, String words) {
        assertThat(ScheduleWords.of(Triggers.cron(cron, ZoneId.of("UTC")))).isEqualTo(words);
    }

    @Test
    void policyWithoutTriggersIsManualOnly() {
        assertThat(ScheduleWords.of(Triggers.NONE)).isEqualTo("Manual only");
    }

    @Test
    void describesAllTriggers() {
        var watermark = new Watermark(Watermark.Of.CACHE, Space.parse("80GiB"), Space.parse("60GiB"));
        var triggers = new Triggers("0 3 * * *", ZoneId.of("UTC"), watermark, true, DayWindow.parse("22:00-06:00"));

        assertThat(ScheduleWords.of(triggers))
                .isEqualTo("Every day at 03:00, UTC; when the cache is above 80.0 GiB, down to 60.0 GiB; after builds;"
                        + " only within 22:00-06:00");
        var form = DocumentForm.of(PolicyDocument.of(content(triggers, RunGuards.NONE)));
        assertThat(List.of(
                        form.text("cron"),
                        form.text("timeZone"),
                        form.text("watermark.of"),
                        form.text("watermark.start"),
                        form.text("watermark.stop"),
                        form.text("window")))
                .containsExactly("0 3 * * *", "UTC", "CACHE", "80GiB", "60GiB", "22:00-06:00");
        assertThat(form.flag("afterBuilds")).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void givesGuardsBackAsTheyWere(RunGuards guards, List<String> typed) {
        var form = DocumentForm.of(PolicyDocument.of(content(Triggers.NONE, guards)));

        assertThat(List.of(
                        form.text("guards.waitForBuilds"),
                        form.text("guards.stopAfterFailures"),
                        form.text("guards.batchSize"),
                        form.text("guards.pauseBetweenBatches")))
                .isEqualTo(typed);
    }

    static Stream<Arguments> givesGuardsBackAsTheyWere() {
        return Stream.of(
                Arguments.of(RunGuards.NONE, List.of("", "", "", "")),
                Arguments.of(
                        new RunGuards(Duration.ZERO, 3, 500, Duration.ofSeconds(5)), List.of("0s", "3", "500", "5s")),
                Arguments.of(
                        new RunGuards(Duration.ofMinutes(10), null, null, Duration.ofMillis(500)),
                        List.of("10m", "", "", "PT0.5S")));
    }

    @Test
    void readsGuardsAsTyped() {
        var typed = new LinkedMultiValueMap<String, String>();
        typed.add("guards.waitForBuilds", " 10m ");
        typed.add("guards.stopAfterFailures", "3");
        typed.add("guards.batchSize", "lots");

        assertThat(PolicyForm.document(DocumentForm.read(typed)).guards())
                .isEqualTo(new PolicyDocument.Guards("10m", "3", "lots", ""));
    }

    @Test
    void dropsRulesLeftEmptyAndKeepsTypesItDoesNotKnow() {
        var typed = new LinkedMultiValueMap<String, String>();
        typed.add("rules[0].unusedFor", "  ");
        typed.add("rules[2].types", "of.tomorrow");
        typed.add("rules[2].unusedFor", "2d");

        var form = DocumentForm.read(typed);

        assertThat(PolicyForm.document(form).rules()).singleElement().satisfies(rule -> {
            assertThat(rule.types()).containsExactly("of.tomorrow");
            assertThat(rule.unusedFor()).isEqualTo("2d");
        });
        assertThat(form.sections("rules").getFirst().offered()).contains("of.tomorrow", "exec.cachemount");
        assertThat(form.rows()).hasSize(4);
    }

    private static PolicyView.Content content(Triggers triggers, RunGuards guards) {
        return new PolicyView.Content(
                "p",
                PolicyMode.REPORT,
                true,
                LabelSelector.EVERY_HOST,
                0,
                List.of(),
                List.of(),
                triggers,
                LimitPerRun.ofShare(20),
                null,
                guards);
    }
}
