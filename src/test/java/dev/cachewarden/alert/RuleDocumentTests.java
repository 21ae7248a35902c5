package dev.cachewarden.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.alert.RuleDocument.Levels;
import dev.cachewarden.notify.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleDocumentTests {

    private static final RuleDocument EMPTY = new RuleDocument(null, null, null, null, null, null);

    @ParameterizedTest
    @EnumSource
    void builtInSettingsAreValidAndSurviveBeingWritten(RuleId id) {
        var rule = BuiltInRules.of(id);

        assertThat(EMPTY.read(id)).isEqualTo(rule);
        assertThat(RuleDocument.of(rule).read(id)).isEqualTo(rule);
        assertThat(rule.levels()).isNotEmpty();
    }

    @Test
    void noneDisablesALevel() {
        var rule = new RuleDocument(null, null, null, new Levels("none", null), "5m", "env=ci").read(RuleId.DISK_FREE);

        assertThat(rule.levels()).containsOnlyKeys(Severity.WARNING);
        assertThat(rule.pendingFor()).isEqualTo(Duration.ofMinutes(5));
        assertThat(rule.scope().toString()).isEqualTo("env=ci");
    }

    @Test
    void clearValueCanEqualTheThreshold() {
        var rule = with("20GiB", null, "10GiB", null).read(RuleId.DISK_FREE);

        assertThat(rule.levels().get(Severity.WARNING))
                .isEqualTo(new Level(
                        Threshold.parse("20GiB", RuleId.DISK_FREE.units()),
                        Threshold.parse("20GiB", RuleId.DISK_FREE.units())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            DISK_FREE        | 15%  | 10%  | -    | warning.clear: is 10%, which is beyond warning.threshold (15%), so the alert would end while its value is still beyond the threshold; use a value at or above 15%
            SAMPLES_TOO_OLD  | 30m  | 1h   | -    | warning.clear: is 1h, which is beyond warning.threshold (30m), so the alert would end while its value is still beyond the threshold; use a value at or below 30m
            DISK_FREE        | 15%  | 9GiB | -    | warning.clear: is 9GiB, but warning.threshold is 15%; use the same unit for both
            DISK_FREE        | 15   | -    | -    | warning.threshold: '15' has no unit; use a value such as 15% or 20GiB
            DISK_FREE        | 15%  | 20%  | 18%  | critical.threshold: is 18%, so it is reached before warning.threshold (15%); change one of them
            EXTERNAL_PRUNE   | 5%   | -    | -    | warning.threshold: '5%' is not a threshold of this rule; use a value such as 20GiB
            """)
    void refusesARuleThatContradictsItself(
            RuleId id, String threshold, @Nullable String clear, @Nullable String critical, String message) {
        var document = with(threshold, clear, critical, null);

        assertThatThrownBy(() -> document.read(id)).hasMessage(message);
    }

    @Test
    void namesEachInvalidField() {
        var document = new RuleDocument(true, null, new Levels("5", null), null, "soon", "a=b=c d");

        assertThatThrownBy(() -> document.read(RuleId.DISK_FREE))
                .hasMessageContainingAll(
                        "warning.threshold: '5' has no unit", "pendingFor: 'soon'", "scope: 'a=b=c d'");
        assertThatThrownBy(() -> new RuleDocument(null, null, null, null, "8d", null).read(RuleId.DISK_FREE))
                .hasMessage("pendingFor: must be at most 7d");
    }

    private static RuleDocument with(
            String threshold, @Nullable String clear, @Nullable String critical, @Nullable String scope) {
        return new RuleDocument(
                null,
                null,
                new Levels(threshold, clear),
                new Levels(critical == null ? "none" : critical, null),
                null,
                scope);
    }
}
