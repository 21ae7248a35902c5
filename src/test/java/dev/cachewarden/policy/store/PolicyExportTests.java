package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.planner.Selection;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.store.PolicyExport.Format;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

class PolicyExportTests {

    private static final PruneRule WEEK = PruneRule.unusedFor(Duration.ofDays(7));
    private static final PruneRule CAP = PruneRule.atMost(ByteSize.parse("20GB"))
            .andReservedSpace(ByteSize.parse("5GB"))
            .andUnusedFor(Duration.ofSeconds(90));

    @Test
    void writeRulesForAnEngine() {
        var export = export(Format.DAEMON_JSON, WEEK.ofTypes(RecordType.REGULAR, RecordType.SOURCE_LOCAL), CAP);

        assertThat(export.fileName()).isEqualTo("daemon.json");
        assertThat(JsonMapper.shared().readTree(export.content()))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"builder": {"gc": {"enabled": true, "policy": [
                  {"filter": ["unused-for=168h", "type=regular"]},
                  {"filter": ["unused-for=168h", "type=source.local"]},
                  {"filter": ["unused-for=90s"], "reservedSpace": "5000000000", "maxUsedSpace": "20000000000"}]}}}"""));
        assertThat(export.notes())
                .contains(
                        "Rule 1 becomes 2 rules in the file, because each rule there has one type.",
                        "Rule 2: BuildKit orders records by last use and number of uses.",
                        "The engine has no limit per run (20% of the cache).",
                        "The engine has no schedule (0 3 * * *, Z).",
                        "The engine has no pins and may delete records that match [mountTarget==/root/.m2].",
                        "The file does not include the scope env=ci. Install it only on those hosts.");
    }

    /** Leaving out a limit or a filter would have the engine delete more than the policy does. */
    @Test
    void leaveOutAWholeRuleRatherThanWhatHoldsItBack() {
        var share = PruneRule.limited(new Limits(Space.parse("15%"), null, null));
        var regex = WEEK.selecting(filtered("description~=npm ci"));
        var everything = PruneRule.unusedFor(Duration.ZERO);

        var export = export(Format.DAEMON_JSON, share, regex, everything);

        assertThat(JsonMapper.shared().readTree(export.content()))
                .isEqualTo(
                        JsonMapper.shared().readTree("{\"builder\": {\"gc\": {\"enabled\": false, \"policy\": []}}}"));
        assertThat(export.notes())
                .contains(
                        "Rule 1 is omitted: daemon.json does not support shares of the disk; use sizes in bytes.",
                        "Rule 2 is omitted: its filter description~=npm ci cannot be expressed in this format.",
                        "Rule 3 is omitted: it deletes all records, and an engine would apply it repeatedly.",
                        "No rules remain, so the file disables garbage collection.");
    }

    @Test
    void writeRulesForABuildkitd() {
        var filtered = PruneRule.limited(new Limits(null, Space.parse("20%"), Space.parse("5GB")))
                .selecting(new Selection(
                        Set.of(RecordType.REGULAR, RecordType.SOURCE_LOCAL),
                        List.of(Filter.parse("description~=say \"hi\\d\"")),
                        true,
                        true));

        var export = export(Format.BUILDKITD_TOML, filtered, WEEK.selecting(filtered("mountTarget==/root/.m2")));

        assertThat(export.content()).endsWith("""
                [worker.oci]
                  gc = true

                  [[worker.oci.gcpolicy]]
                    all = true
                    filters = ["type==regular,description~=\\"say \\\\\\"hi\\\\\\\\d\\\\\\"\\"", "type==source.local,description~=\\"say \\\\\\"hi\\\\\\\\d\\\\\\"\\""]
                    minFreeSpace = "20%"
                    reservedSpace = 5000000000
                """);
        assertThat(export.notes())
                .contains(
                        "Rule 1: the engine applies its limits to the whole cache, not only to the records that the rule selects, so it deletes more.",
                        "Rule 2 is omitted: its filter mountTarget==/root/.m2 cannot be expressed in this format.");
        assertThat(export.content().lines().filter(line -> line.startsWith("# ")))
                .hasSameSizeAs(export.notes());
    }

    @Test
    void writeAllOfAPolicyAsYaml() {
        Map<String, Object> read = new Yaml().load(export(Format.YAML, CAP).content());

        assertThat(read.get("policies"))
                .isEqualTo(List.of(Map.ofEntries(
                        Map.entry("name", "p"),
                        Map.entry("mode", "ENFORCE"),
                        Map.entry("enabled", true),
                        Map.entry("scope", "env=ci"),
                        Map.entry("priority", 3),
                        Map.entry(
                                "rules",
                                List.of(Map.of(
                                        "unusedFor", "PT1M30S",
                                        "maxUsedSpace", 20_000_000_000L,
                                        "reservedSpace", 5_000_000_000L,
                                        "measure", "SELECTION",
                                        "order", "LEAST_RECENTLY_USED"))),
                        Map.entry("pins", List.of("mountTarget==/root/.m2")),
                        Map.entry("cron", "0 3 * * *"),
                        Map.entry("timeZone", "Z"),
                        Map.entry("limitPerRun", Map.of("maxShare", 20)))));
    }

    @Test
    void exportsGuardsWhereTheFormatSupportsThem() {
        var guarded = content(new RunGuards(Duration.ofMinutes(10), 3, null, Duration.ofMillis(500)), WEEK);

        assertThat(PolicyExport.of(guarded, Format.YAML).content())
                .endsWith(
                        "  guards:\n    waitForBuilds: PT10M\n    stopAfterFailures: 3\n    pauseBetweenBatches: PT0.5S\n");
        assertThat(PolicyExport.of(guarded, Format.DAEMON_JSON).notes())
                .contains("The engine has no run guards: it does not wait for builds or pause between batches.");
        assertThat(export(Format.DAEMON_JSON, WEEK).notes()).noneMatch(note -> note.contains("guards"));
    }

    @Test
    void nameTheForms() {
        assertThat(Format.of(" Daemon.JSON ")).isEqualTo(Format.DAEMON_JSON);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Format.of("xml"))
                .withMessage("'xml' is not an export format; use daemon.json, buildkitd.toml or yaml");
    }

    private static Selection filtered(String... filters) {
        return new Selection(
                Set.of(), List.of(filters).stream().map(Filter::parse).toList(), false, false);
    }

    private static PolicyExport export(Format format, PruneRule... rules) {
        return PolicyExport.of(content(RunGuards.NONE, rules), format);
    }

    private static Content content(RunGuards guards, PruneRule... rules) {
        return new Content(
                "p",
                PolicyMode.ENFORCE,
                true,
                LabelSelector.parse("env=ci"),
                3,
                List.of(rules),
                List.of(Filter.parse("mountTarget==/root/.m2")),
                Triggers.cron("0 3 * * *", ZoneOffset.UTC),
                LimitPerRun.ofShare(20),
                null,
                guards);
    }
}
