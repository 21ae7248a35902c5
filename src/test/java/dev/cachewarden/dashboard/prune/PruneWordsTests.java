package dev.cachewarden.dashboard.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.PruneRule;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;

class PruneWordsTests {

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
            */15 * * * 1  | By cron */15 * * * 1, UTC
            0 3 1 * 1     | By cron 0 3 1 * 1, UTC
            0 3 * 6 *     | By cron 0 3 * 6 *, UTC
            0 3,15 * * *  | By cron 0 3,15 * * *, UTC
            """)
    void tellsWhenAPolicyFires(String cron, String words) {
        assertThat(ScheduleWords.of(cron, ZoneId.of("UTC"))).isEqualTo(words);
    }

    @Test
    void tellsThatAPolicyWithoutCronIsRunByHand() {
        assertThat(ScheduleWords.of(null, ZoneId.of("UTC"))).isEqualTo("By hand only");
    }

    @Test
    void tellsWhatARuleTakes() {
        assertThat(RuleWords.of(PruneRule.unusedFor(Duration.ofDays(14))))
                .isEqualTo("All but internal and frontend: unused for 14d");
        assertThat(RuleWords.of(PruneRule.unusedFor(Duration.ZERO).ofTypes(RecordType.REGULAR)))
                .isEqualTo("regular: everything");
        assertThat(RuleWords.of(PruneRule.maxUsedSpace(ByteSize.parse("200GiB"))
                        .andUnusedFor(Duration.ofDays(1))
                        .andReservedSpace(ByteSize.parse("20GiB"))))
                .isEqualTo("All but internal and frontend: the least recently used above 200.0 GiB, if unused for 1d,"
                        + " down to 20.0 GiB and no further");
        assertThat(RuleWords.of(PruneRule.reservedSpace(ByteSize.parse("20GiB"))))
                .isEqualTo("All but internal and frontend: the least recently used, down to 20.0 GiB and no further");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20GiB", "20GB", "512MiB", "1537", "0", "35861147648"})
    void writesASizeSoThatItReadsBackAsTheSame(String text) {
        var size = ByteSize.parse(text);

        assertThat(ByteSize.parse(Typed.size(size))).isEqualTo(size);
        assertThat(Typed.size(size).length()).isLessThanOrEqualTo(text.length());
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

    @Test
    void refusesOneLabelWithTwoValues() {
        var typed = new LinkedMultiValueMap<String, String>();
        typed.add("scope", "env=ci, env=ml");

        assertThatThrownBy(() -> PolicyForm.read(typed).toInput())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("names 'env' twice");
    }
}
