package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDraftTests {

    private static final PolicyDocument.Rule WEEK = PolicyDocument.Rule.of(List.of(), "7d", null, null);
    private static final PolicyDocument.LimitPerRun HALF = new PolicyDocument.LimitPerRun(null, "50");

    @Test
    void readAPolicyAsWritten() {
        var draft = PolicyDraft.of(new PolicyDocument(
                        " nightly ",
                        "enforce",
                        true,
                        "env=ci",
                        " 5 ",
                        List.of(PolicyDocument.Rule.of(
                                List.of("source.local", " exec.cachemount"), "48h", "20GB", "10 GiB")),
                        List.of(),
                        " 30 3 * * * ",
                        "Europe/Berlin",
                        null,
                        false,
                        null,
                        new PolicyDocument.LimitPerRun("1TB", "20 %"),
                        "100GB",
                        new PolicyDocument.Guards("10m", "3", " 200 ", "5s")))
                .content();

        assertThat(draft.name()).isEqualTo("nightly");
        assertThat(draft.mode()).isEqualTo(PolicyMode.ENFORCE);
        assertThat(draft.scope()).hasToString("env=ci");
        assertThat(draft.priority()).isEqualTo(5);
        assertThat(draft.rules())
                .containsExactly(PruneRule.atMost(new ByteSize(20_000_000_000L))
                        .ofTypes(RecordType.SOURCE_LOCAL, RecordType.EXEC_CACHEMOUNT)
                        .andUnusedFor(Duration.ofHours(48))
                        .andReservedSpace(new ByteSize(10L << 30)));
        assertThat(draft.triggers().cron()).isEqualTo("30 3 * * *");
        assertThat(draft.triggers().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(draft.limitPerRun()).hasToString("931.3 GiB and 20% of the cache");
        assertThat(draft.approveAbove()).isEqualTo(new ByteSize(100_000_000_000L));
        assertThat(draft.guards()).isEqualTo(new RunGuards(Duration.ofMinutes(10), 3, 200, Duration.ofSeconds(5)));
    }

    @Test
    void defaultsToReportMode() {
        assertThat(PolicyDraft.of(policy(WEEK, HALF)).content().mode()).isEqualTo(PolicyMode.REPORT);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    forever | -     | -    | rules[0].unusedFor    | 'forever' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H
                    PT-48H  | -     | -    | rules[0].unusedFor    | 'PT-48H' is negative; a duration must be zero or more
                    -3d     | -     | -    | rules[0].unusedFor    | '-3d' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H
                    40000d  | -     | -    | rules[0].unusedFor    | '40000d' exceeds the maximum of 100 years
                    PT0.5S  | -     | -    | rules[0].unusedFor    | 'PT0.5S' is too precise; use whole seconds
                    -       | 10XB  | -    | rules[0].maxUsedSpace | '10XB' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
                    -       | -5GB  | -    | rules[0].maxUsedSpace | '-5GB' is negative; a size must be zero or more
                    -       | 99999999TB | - | rules[0].maxUsedSpace | '99999999TB' is more than the maximum of 8 EiB
                    -       | -     | ten  | rules[0].reservedSpace | 'ten' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
                    -       | 1GB   | 2GB  | rules[0].reservedSpace | reservedSpace (2,000,000,000 bytes) must not exceed maxUsedSpace (1,000,000,000 bytes), or the rule could never reach its limit
                    -       | -     | -    | rules[0]              | has no condition; set at least one of unusedFor, maxUsedSpace, minFreeSpace, reservedSpace (unusedFor 0s deletes all records)
                    """)
    void rejectsInvalidRules(
            @Nullable String unusedFor, @Nullable String max, @Nullable String reserved, String field, String reason) {
        assertThat(problems(policy(PolicyDocument.Rule.of(List.of(), unusedFor, max, reserved), HALF)))
                .containsExactly(new FieldProblem(field, reason));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    label=env=ci      | 'label=env=ci' is a label filter, which is not supported: engines ignore label filters and would prune everything
                    label!=keep       | 'label!=keep' is a label filter, which is not supported: engines ignore label filters and would prune everything
                    type==regular     | 'type==regular' is not a record type; use a type such as regular, source.local or exec.cachemount
                    regular,internal  | 'regular,internal' is not a record type; use a type such as regular, source.local or exec.cachemount
                    """)
    void refuseAFilterInPlaceOfAType(String type, String reason) {
        assertThat(problems(policy(PolicyDocument.Rule.of(List.of(type), "7d", null, null), HALF)))
                .containsExactly(new FieldProblem("rules[0].types", reason));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    -    | -    | limitPerRun          | is missing; set maxBytes or maxShare (percent of the cache) to limit what one run deletes
                    0    | -    | limitPerRun.maxBytes | must be more than zero, or a run could never delete anything
                    10XB | -    | limitPerRun.maxBytes | '10XB' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
                    -    | 0    | limitPerRun.maxShare | '0' is not a share of the cache; use a whole percentage from 1 to 100
                    -    | 101% | limitPerRun.maxShare | '101%' is not a share of the cache; use a whole percentage from 1 to 100
                    -    | -5   | limitPerRun.maxShare | '-5' is not a share of the cache; use a whole percentage from 1 to 100
                    """)
    void demandALimitPerRunThatIsOne(@Nullable String bytes, @Nullable String share, String field, String reason) {
        assertThat(problems(policy(WEEK, new PolicyDocument.LimitPerRun(bytes, share))))
                .containsExactly(new FieldProblem(field, reason));
    }

    @Test
    void reportsAllProblemsAtOnce() {
        var input = new PolicyDocument(
                " ",
                "maybe",
                true,
                "team=a b",
                "high",
                List.of(),
                List.of(),
                "0 0 30 2 *",
                "Berlin",
                new PolicyDocument.Watermark("DISC", "80GB", null),
                false,
                "night",
                new PolicyDocument.LimitPerRun("lots", null),
                "-1",
                new PolicyDocument.Guards("soon", "0", null, null));

        assertThat(problems(input))
                .containsExactly(
                        new FieldProblem("name", "must not be empty"),
                        new FieldProblem("mode", "'maybe' is not a mode; use REPORT or ENFORCE"),
                        new FieldProblem(
                                "scope",
                                "'team=a b' is not a label condition; use key=value, key!=value, key or !key, with letters, digits, dots, dashes and underscores"),
                        new FieldProblem("priority", "'high' is not a priority; use a whole number up to 1000000"),
                        new FieldProblem("rules", "must not be empty; add at least one rule"),
                        new FieldProblem(
                                "timeZone",
                                "'Berlin' is not a time zone; use one such as Europe/Berlin, UTC or +02:00"),
                        new FieldProblem("cron", "'0 0 30 2 *' never starts a run, because no such date exists"),
                        new FieldProblem(
                                "window", "'night' is not a maintenance window; use two times such as 22:00-06:00"),
                        new FieldProblem("watermark.of", "'DISC' is not a watermark type; use CACHE or FREE_DISK"),
                        new FieldProblem(
                                "limitPerRun.maxBytes",
                                "'lots' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB,"
                                        + " MiB, GiB, TiB, k,"
                                        + " m, g, t (powers of 1024)"),
                        new FieldProblem("approveAbove", "'-1' is negative; a size must be zero or more"),
                        new FieldProblem(
                                "guards.waitForBuilds",
                                "'soon' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H"),
                        new FieldProblem(
                                "guards.stopAfterFailures",
                                "'0' is not a valid number of failures; use a whole number of at least 1"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    CACHE     | 80GB | -    | is missing; a watermark needs a start and a stop value
                    -         | 60GB | 80GB | the low watermark (74.5 GiB) must be below the high watermark (55.9 GiB)
                    FREE_DISK | 20%  | 10%  | it must stop at more free space (10% of the disk) than it starts at (20% of the disk)
                    """)
    void refuseAWatermarkThatIsNone(@Nullable String of, @Nullable String start, @Nullable String stop, String reason) {
        var watermark = new PolicyDocument.Watermark(of, start, stop);

        assertThat(problems(new PolicyDocument(
                        "p",
                        null,
                        true,
                        null,
                        null,
                        List.of(WEEK),
                        List.of(),
                        null,
                        null,
                        watermark,
                        false,
                        null,
                        HALF,
                        null,
                        PolicyDocument.Guards.NONE)))
                .containsExactly(new FieldProblem("watermark.stop", reason));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    0s     | -         | -     | -        | PT0S  | -         | -     | -
                    24h    | 1         | 1     | 1d       | PT24H | 1         | 1     | PT24H
                    ' '    | ' '       | ' '   | ' '      | -     | -         | -     | -
                    PT1M30S | 999999999 | 10000 | PT0.001S | PT90S | 999999999 | 10000 | PT0.001S
                    """)
    void readGuards(
            @Nullable String wait,
            @Nullable String failures,
            @Nullable String batch,
            @Nullable String pause,
            @Nullable Duration readWait,
            @Nullable Integer readFailures,
            @Nullable Integer readBatch,
            @Nullable Duration readPause) {
        assertThat(PolicyDraft.of(guarded(new PolicyDocument.Guards(wait, failures, batch, pause)))
                        .content()
                        .guards())
                .isEqualTo(new RunGuards(readWait, readFailures, readBatch, readPause));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    waitForBuilds       | ten     | 'ten' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H
                    waitForBuilds       | 10      | '10' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H
                    waitForBuilds       | PT-1S   | 'PT-1S' is negative; a duration must be zero or more
                    waitForBuilds       | 25h     | '25h' exceeds the maximum of 1 day
                    waitForBuilds       | PT0.5S  | 'PT0.5S' is too precise; use whole seconds
                    pauseBetweenBatches | 86401s  | '86401s' exceeds the maximum of 1 day
                    pauseBetweenBatches | PT0.0005S | 'PT0.0005S' is too precise; use whole milliseconds
                    stopAfterFailures   | 0       | '0' is not a valid number of failures; use a whole number of at least 1
                    stopAfterFailures   | -3      | '-3' is not a valid number of failures; use a whole number of at least 1
                    stopAfterFailures   | 1.5     | '1.5' is not a valid number of failures; use a whole number of at least 1
                    stopAfterFailures   | 9999999999 | '9999999999' is not a valid number of failures; use a whole number of at least 1
                    batchSize           | 0       | '0' is not a valid batch size; use a whole number from 1 to 10000
                    batchSize           | 10001   | '10001' is not a valid batch size; use a whole number from 1 to 10000
                    batchSize           | many    | 'many' is not a valid batch size; use a whole number from 1 to 10000
                    """)
    void rejectsInvalidGuards(String field, String text, String reason) {
        var guards = new PolicyDocument.Guards(
                field.equals("waitForBuilds") ? text : null,
                field.equals("stopAfterFailures") ? text : null,
                field.equals("batchSize") ? text : null,
                field.equals("pauseBetweenBatches") ? text : null);

        assertThat(problems(guarded(guards))).containsExactly(new FieldProblem("guards." + field, reason));
    }

    private static PolicyDocument guarded(PolicyDocument.Guards guards) {
        return new PolicyDocument(
                "p",
                null,
                true,
                null,
                null,
                List.of(WEEK),
                List.of(),
                null,
                null,
                null,
                false,
                null,
                HALF,
                null,
                guards);
    }

    private static List<FieldProblem> problems(PolicyDocument input) {
        var caught = new Object() {
            List<FieldProblem> problems = List.of();
        };
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> PolicyDraft.of(input))
                .satisfies(e -> caught.problems = e.problems());
        return caught.problems;
    }

    private static PolicyDocument policy(PolicyDocument.Rule rule, PolicyDocument.LimitPerRun limitPerRun) {
        return new PolicyDocument(
                "p",
                null,
                true,
                null,
                null,
                List.of(rule),
                List.of(),
                null,
                null,
                null,
                false,
                null,
                limitPerRun,
                null,
                PolicyDocument.Guards.NONE);
    }
}
