package dev.cachewarden.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.planner.Selection;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.PolicyView.Warning;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentCheckTests {

    private static final PruneRule DAY = PruneRule.unusedFor(Duration.ofDays(1));
    private static final PruneRule WEEK = PruneRule.unusedFor(Duration.ofDays(7));
    private static final PruneRule CAP = PruneRule.atMost(ByteSize.parse("20GB"));

    @Test
    void acceptsASoundPolicy() {
        assertThat(check(WEEK.ofTypes(RecordType.SOURCE_LOCAL), CAP)).isEmpty();
    }

    @Test
    void warnOfAScopeOfAll() {
        assertThat(ContentCheck.of(content("", Triggers.NONE, CAP)))
                .containsExactly(new Warning(
                        "scope",
                        "is empty, so the policy applies to every host, including hosts added later",
                        "To limit the policy to some hosts, enter label conditions."));
    }

    @Test
    void warnWhereAgesAloneBoundNothing() {
        var watermark = new Watermark(Watermark.Of.CACHE, Space.parse("80GB"), Space.parse("60GB"));
        var filled = new Triggers(null, ZoneOffset.UTC, watermark, false, null);

        assertThat(check(WEEK))
                .containsExactly(new Warning(
                        "rules",
                        "limit records only by age, so a cache can grow without limit in a busy period",
                        "Add a rule with maxUsedSpace, or add a watermark."));
        assertThat(check(PruneRule.unusedFor(Duration.ZERO))).isEmpty();
        assertThat(ContentCheck.of(content("env=ci", filled, WEEK))).isEmpty();
    }

    @Test
    void warnOfARuleThatIsShadowed() {
        var shadowed = "deletes no records beyond those that rule 1 deletes";

        assertThat(check(DAY, WEEK, CAP))
                .extracting(Warning::field, Warning::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("rules[1]", shadowed));
        assertThat(reasons(DAY, WEEK.ofTypes(RecordType.REGULAR), CAP)).containsExactly(shadowed);
        assertThat(reasons(CAP, PruneRule.atMost(ByteSize.parse("30GB")))).containsExactly(shadowed);
        assertThat(reasons(DAY.selecting(Selection.ALL), WEEK.ofTypes(RecordType.INTERNAL), CAP))
                .containsExactly(shadowed);
    }

    @Test
    void neverCallARuleShadowedThatTakesMore() {
        assertThat(reasons(WEEK, DAY, CAP)).isEmpty();
        assertThat(reasons(DAY.ofTypes(RecordType.REGULAR), WEEK, CAP)).isEmpty();
        assertThat(reasons(DAY, WEEK.ofTypes(RecordType.INTERNAL), CAP)).isEmpty();
        assertThat(reasons(DAY, WEEK.selecting(Selection.ALL), CAP)).isEmpty();
        assertThat(reasons(CAP, PruneRule.atMost(ByteSize.parse("10GB")))).isEmpty();
        assertThat(reasons(CAP, PruneRule.atMost(ByteSize.parse("30GB")).measuring(Measure.WHOLE_CACHE)))
                .isEmpty();
        // What spares by age may leave more than its limit.
        assertThat(reasons(CAP.andUnusedFor(Duration.ofDays(7)), PruneRule.atMost(ByteSize.parse("30GB"))))
                .isEmpty();
        assertThat(reasons(CAP.andReservedSpace(ByteSize.parse("15GB")), CAP)).isEmpty();
    }

    @Test
    void warnOfARuleThatCanNeverMatch() {
        assertThat(reasons(CAP.selecting(filtered(Set.of(), "id==a", "id==b"))))
                .containsExactly("never matches a record: no record matches both id==a and id==b");
        assertThat(reasons(CAP.selecting(filtered(Set.of(RecordType.REGULAR), "type==source.local"))))
                .containsExactly(
                        "never matches a record: the rule selects only regular, but a filter requires type==source.local");
        assertThat(reasons(CAP.selecting(filtered(Set.of(RecordType.REGULAR), "mountTarget==/root/.m2"))))
                .containsExactly(
                        "never matches a record: only exec.cachemount records have a target or an ID, but the rule selects only regular");
        assertThat(reasons(CAP.selecting(filtered(Set.of(RecordType.REGULAR), "mountTarget!=/root/.m2"))))
                .isEmpty();
    }

    @Test
    void warnOfAnOrderThatHasNoEffect() {
        assertThat(check(WEEK.inOrder(EvictionOrder.CHEAPEST_TO_REBUILD), CAP))
                .extracting(Warning::field)
                .containsExactly("rules[0].order");
        assertThat(check(WEEK, CAP.inOrder(EvictionOrder.CHEAPEST_TO_REBUILD))).isEmpty();
    }

    @Test
    void warnOfFreeDiskWithoutAFloor() {
        var free = new Limits(null, Space.parse("15%"), null);
        var floored = new Limits(null, Space.parse("15%"), Space.parse("5GB"));

        assertThat(check(PruneRule.limited(free))).extracting(Warning::field).containsExactly("rules[0].minFreeSpace");
        assertThat(check(PruneRule.limited(floored))).isEmpty();
    }

    @Test
    void warnsAboutAnUnknownType() {
        assertThat(reasons(CAP.ofTypes(new RecordType("exec.cachemounts"))))
                .containsExactly(
                        "contains unknown record types: 'exec.cachemounts'. If a type is misspelled, the rule does not delete its records");
    }

    @Test
    void warnOfALimitBelowTheLowWatermark() {
        var watermark = new Watermark(Watermark.Of.CACHE, Space.parse("80GB"), Space.parse("60GB"));

        assertThat(ContentCheck.of(content("env=ci", new Triggers(null, ZoneOffset.UTC, watermark, false, null), CAP)))
                .extracting(Warning::reason)
                .containsExactly(
                        "is less than the low watermark (55.9 GiB), so a run deletes more than the watermark requires");
    }

    private static Selection filtered(Set<RecordType> types, String... filters) {
        return new Selection(types, List.of(filters).stream().map(Filter::parse).toList(), false, false);
    }

    private static List<String> reasons(PruneRule... rules) {
        return check(rules).stream().map(Warning::reason).toList();
    }

    private static List<Warning> check(PruneRule... rules) {
        return ContentCheck.of(content("env=ci", Triggers.NONE, rules));
    }

    private static Content content(String scope, Triggers triggers, PruneRule... rules) {
        return new Content(
                "p",
                PolicyMode.ENFORCE,
                true,
                LabelSelector.parse(scope),
                0,
                List.of(rules),
                List.of(),
                triggers,
                LimitPerRun.ofShare(20),
                null,
                RunGuards.NONE);
    }
}
