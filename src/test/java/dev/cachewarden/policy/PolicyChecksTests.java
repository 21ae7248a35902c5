package dev.cachewarden.policy;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.history.BuildRhythms;
import dev.cachewarden.history.BuildRhythms.BuildRhythm;
import dev.cachewarden.policy.PolicyView.Warning;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PolicyChecksTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final BuildRhythm NIGHTLY = new BuildRhythm(ByteSize.parse("30GiB"), Duration.ofHours(24));

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final StoredPolicies policies = PolicyParts.policies(database, clock);
    private BuildRhythms rhythms = (builder, since) -> Optional.of(NIGHTLY);

    @BeforeEach
    void aHost() {
        database.clear();
        fleet.addStored(database, 1, "engine-1").labels = Map.of("env", "ci");
    }

    @Test
    void warnOfALimitBelowWhatBuildsUse() {
        assertThat(check("env=ci", PolicyDocument.Rule.of(List.of(), null, "20GiB", null)))
                .containsExactly(new Warning(
                        "rules[0].maxUsedSpace",
                        "is 20.0 GiB, less than the 30.0 GiB that builds on host-1 used within one hour of the last 14 days:"
                                + " they would lose records that they need",
                        "Increase it to at least that size."));
        assertThat(check("env=ci", PolicyDocument.Rule.of(List.of(), null, "30GiB", null)))
                .isEmpty();
        assertThat(check("env=ci", PolicyDocument.Rule.of(List.of("source.local"), null, "1GiB", null)))
                .isEmpty();
    }

    @Test
    void warnOfAnAgeBelowTheGapBetweenBuilds() {
        var cap = PolicyDocument.Rule.of(List.of(), null, "40GiB", null);

        assertThat(check("env=ci", PolicyDocument.Rule.of(List.of(), "12h", null, null), cap))
                .containsExactly(new Warning(
                        "rules[0].unusedFor",
                        "is 12 h, shorter than the 1 d that usually pass between builds on host-1: each build starts without its cache",
                        "Use an age above the usual gap."));
        assertThat(check("env=ci", PolicyDocument.Rule.of(List.of(), "25h", null, null), cap))
                .isEmpty();
    }

    @Test
    void ignoresHostsWithoutBuildsAndOutOfScope() {
        var small = PolicyDocument.Rule.of(List.of(), null, "1GiB", null);
        assertThat(check("env=prod", small)).isEmpty();

        rhythms = (builder, since) -> Optional.empty();
        assertThat(check("env=ci", small)).isEmpty();
    }

    @Test
    void warnsAboutAShareOfAnUnknownDisk() {
        assertThat(check("env=ci", PolicyDocument.Rule.of(List.of(), null, "15%", null)))
                .containsExactly(new Warning(
                        "rules",
                        "depend on the disk. Its size is unknown on host-1, so they delete nothing there",
                        "Configure the disk measurement of the host, or use limits in bytes."));
    }

    @Test
    void warnOfAScheduleThatNeverFallsIntoTheWindow() {
        var cap = PolicyDocument.Rule.of(List.of(), null, "40GiB", null);

        assertThat(checkAtNight("0 12 * * *", cap)).extracting(Warning::field).containsExactly("window");
        assertThat(checkAtNight("0 3 * * *", cap)).isEmpty();
    }

    private List<Warning> checkAtNight(String cron, PolicyDocument.Rule rule) {
        return check("env=ci", cron, "22:00-06:00", rule);
    }

    private List<Warning> check(String scope, PolicyDocument.Rule... rules) {
        return check(scope, null, null, rules);
    }

    private List<Warning> check(
            String scope, @Nullable String cron, @Nullable String window, PolicyDocument.Rule... rules) {
        database.jdbc().update("delete from prune_policy");
        var policy = policies.create(
                new PolicyDocument(
                        "p",
                        "ENFORCE",
                        true,
                        scope,
                        null,
                        List.of(rules),
                        List.of(),
                        cron,
                        "UTC",
                        null,
                        false,
                        window,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        null,
                        PolicyDocument.Guards.NONE),
                "ada");
        return new PolicyChecks(fleet, rhythms, policies, clock).of(policy);
    }
}
