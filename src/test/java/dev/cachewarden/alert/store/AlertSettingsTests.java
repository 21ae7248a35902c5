package dev.cachewarden.alert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.alert.BuiltInRules;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleDocument.Levels;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Silence;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules, silences, and quiet hours in the database. */
class AlertSettingsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final AlertStage stage = new AlertStage(database);

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void changedRuleIsStoredAndResetToItsDefaults() {
        assertThat(stage.rules.all()).hasSize(RuleId.values().length);
        var changed = stage.rules.change(
                RuleId.DISK_FREE,
                new RuleDocument(null, null, new Levels("20GiB", "30GiB"), null, null, "env=ci"),
                "ann");

        assertThat(stage.rules.find(RuleId.DISK_FREE)).isEqualTo(changed);
        assertThat(stage.rules.all()).containsEntry(RuleId.DISK_FREE, changed);
        stage.rules.reset(RuleId.DISK_FREE);
        assertThat(stage.rules.find(RuleId.DISK_FREE)).isEqualTo(BuiltInRules.of(RuleId.DISK_FREE));
    }

    @Test
    void invalidRuleIsNotStored() {
        var document = new RuleDocument(null, null, new Levels("20GiB", "10GiB"), null, null, null);

        assertThatThrownBy(() -> stage.rules.change(RuleId.DISK_FREE, document, "ann"))
                .hasMessageContaining("warning.clear: is 10GiB, which is beyond warning.threshold (20GiB)");
        assertThat(stage.rules.find(RuleId.DISK_FREE)).isEqualTo(BuiltInRules.of(RuleId.DISK_FREE));
    }

    @Test
    void silenceIsOpenUntilItEnds() {
        var silence = add("disk-free", "env=ci", null, null, "2h", "Maintenance");

        assertThat(stage.silences.open()).containsExactly(silence);
        assertThat(silence.endsAt()).isEqualTo(Instant.parse("2026-11-20T14:00:00Z"));
        stage.clock.pass(Duration.ofMinutes(5));
        var ended = stage.silences.end(silence.id());
        assertThat(ended.activeAt(stage.clock.instant())).isFalse();
        assertThat(stage.silences.open()).isEmpty();
        assertThat(stage.silences.get(silence.id())).isEqualTo(ended);
        assertThatThrownBy(() -> stage.silences.end(silence.id()))
                .hasMessage("There is no open silence " + silence.id() + ".");
    }

    @Test
    void silenceThatHasNotStartedCanBeEnded() {
        var later = add(null, null, "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z", null, "Maintenance");
        stage.silences.end(later.id());

        assertThat(stage.silences.open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            disk    | -     | -                    | 1h  | Why   | rule: 'disk' is not a rule; use one of disk-free,
            -       | a b   | -                    | 1h  | Why   | scope: 'a b' is not a label condition
            -       | -     | -                    | -   | Why   | endsAt: needs either an end or a duration such as 2h, not both
            -       | -     | 2026-11-21T00:00:00Z | 1h  | Why   | endsAt: needs either an end or a duration such as 2h, not both
            -       | -     | -                    | 1   | Why   | duration: '1' is not a duration
            -       | -     | -                    | 0s  | Why   | duration: must end after its start, and in the future
            -       | -     | 2026-11-19T00:00:00Z | -   | Why   | endsAt: must end after its start, and in the future
            -       | -     | -                    | 366d | Why  | duration: must be at most 365 days
            -       | -     | -                    | 1h  | -     | reason: must be 1 to 200 characters on one line
            """)
    void silenceNamesItsInvalidField(
            @Nullable String rule,
            @Nullable String scope,
            @Nullable String end,
            @Nullable String duration,
            @Nullable String reason,
            String message) {
        assertThatThrownBy(() -> add(rule, scope, null, end, duration, reason)).hasMessageStartingWith(message);
    }

    @Test
    void quietHoursAreStored() {
        assertThat(stage.alerts.quietHours().window()).isNull();
        stage.alerts.changeQuietHours("22:00-06:00", "Europe/Berlin");

        var hours = stage.alerts.quietHours();
        assertThat(hours.contains(Instant.parse("2026-11-20T21:30:00Z"))).isTrue();
        assertThat(hours.contains(Instant.parse("2026-11-20T05:30:00Z"))).isFalse();
        stage.alerts.changeQuietHours(null, null);
        assertThat(stage.alerts.quietHours().window()).isNull();
        assertThatThrownBy(() -> stage.alerts.changeQuietHours("22", "Mars"))
                .hasMessage(
                        "window: must be two different times such as 22:00-06:00; timeZone: 'Mars' is not a time zone;"
                                + " use one such as Europe/Berlin");
    }

    private Silence add(
            @Nullable String rule,
            @Nullable String scope,
            @Nullable String start,
            @Nullable String end,
            @Nullable String duration,
            @Nullable String reason) {
        return stage.silences.add(
                new Silences.Input(
                        rule,
                        scope,
                        start == null ? null : Instant.parse(start),
                        end == null ? null : Instant.parse(end),
                        duration,
                        reason),
                "ann");
    }
}
