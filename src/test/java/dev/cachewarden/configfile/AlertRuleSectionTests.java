package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.store.AlertRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Alert rules in a configuration file, applied to a real database. */
class AlertRuleSectionTests extends ApplierStage {

    private static final String RULE = "alertRules: [{id: disk-free, warning: {threshold: 20GiB, clear: 30GiB}}]";

    @Autowired
    AlertRules rules;

    @Test
    void ruleIsChangedAndReleased() {
        assertThat(apply(RULE)).singleElement().satisfies(change -> {
            assertThat(change.words()).isEqualTo("alert rule disk-free is added");
            assertThat(change.details())
                    .containsExactly(new ConfigChange.Detail(
                            "Warning", "below 15%, ends at 20%", "below 20.0 GiB, ends at 30.0 GiB"));
        });
        assertThat(apply(RULE)).isEmpty();
        assertThat(rules.files()).containsEntry(RuleId.DISK_FREE, FILE);
        assertConflict(
                "Alert rule 'disk-free' is managed by the configuration file " + FILE
                        + " and was not changed. Change it there.",
                () -> rules.reset(RuleId.DISK_FREE));

        assertThat(apply(RULE.replace("30GiB", "40GiB")))
                .extracting(ConfigChange::words)
                .containsExactly("alert rule disk-free is changed");
        var last = rules.find(RuleId.DISK_FREE);
        assertThat(apply("hosts: []"))
                .extracting(ConfigChange::words)
                .containsExactly("alert rule disk-free is no longer in the file and is released");
        assertThat(rules.find(RuleId.DISK_FREE)).isEqualTo(last);
        assertThat(rules.files()).isEmpty();
    }

    @Test
    void exportedRulesAreAFileWithTheSameRules() {
        rules.change(
                RuleId.RUN_FAILED,
                new RuleDocument(false, null, null, new RuleDocument.Levels("none", null), "5m", "env=ci"),
                "ann");
        var exported = ConfigYaml.of(List.of(), List.of(), List.of(), applier.changedRules());

        assertThat(content(exported).alertRules()).containsExactly(rules.find(RuleId.RUN_FAILED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {id: disk}                                                | line 1, alertRules[0].id is not an alert rule; use one of disk-free,
            {enabled: true}                                           | line 1, alertRules[0] has no id; use one of disk-free,
            {id: disk-free, warning: {threshold: 15}}                 | line 1, alertRules[0].warning.threshold '15' has no unit
            {id: disk-free, warning: {threshold: 15%, clear: 10%}}    | line 1, alertRules[0].warning.clear is 10%, which is beyond warning.threshold (15%)
            {id: disk-free, warning: {treshold: 15%}}                 | line 1, alertRules[0].warning.treshold is an unknown key
            {id: disk-free}, {id: disk-free}                          | line 1, alertRules[1].id is also the ID of alertRules[0] on line 1; remove one of them
            """)
    void invalidRuleIsNamedWithItsLine(String items, String message) {
        var reading = reader.read(("alertRules: [" + items + "]").getBytes(StandardCharsets.UTF_8));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        ConfigReading.Invalid.class,
                        invalid -> assertThat(invalid.problems().getFirst().toString())
                                .startsWith(message));
    }
}
