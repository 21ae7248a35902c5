package dev.cachewarden.forecast.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.forecast.GarbageCollection;
import dev.cachewarden.forecast.PolicyPrunes;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.DayWindow;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.Watermark;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.HostFixtures;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the policy of a host and the garbage collection of its builder will do. */
class FutureOfPoliciesTests {

    private static final Instant NOW = Instant.parse("2026-03-28T12:00:00Z");
    private static final DiskSpace DISK = new DiskSpace(new ByteSize(1_000), new ByteSize(400));
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final FakeHosts hosts = FakeHosts.leadingTo("engine-1");
    private final List<Runs.RunFilter> asked = new ArrayList<>();

    private static PolicyView policy(PolicyMode mode, Triggers triggers) {
        var content = new PolicyView.Content(
                "ci",
                mode,
                true,
                LabelSelector.EVERY_HOST,
                0,
                List.of(PruneRule.unusedFor(Duration.ofDays(2))),
                List.of(),
                triggers,
                new LimitPerRun(null, 20),
                null,
                new RunGuards(Duration.ofMinutes(10), 3, null, null));
        return new PolicyView(7, content, null, null, null, NOW, NOW, 1, List.of(), null);
    }

    private PolicyPrunes future(Triggers triggers, RunView... last) {
        var runs = (Runs) Proxy.newProxyInstance(
                Runs.class.getClassLoader(), new Class<?>[] {Runs.class}, (proxy, method, arguments) -> {
                    asked.add((Runs.RunFilter) arguments[0]);
                    return Page.whole(List.of(last));
                });
        return new FutureOfPolicies(runs).of(policy(PolicyMode.ENFORCE, triggers), hosts.all(), DISK, NOW);
    }

    private static RunView run(@Nullable Long cacheAfter) {
        return new RunView(
                1,
                new PlanView.Target(new HostId(1), "host-1", new BuilderId(1), "engine-1"),
                new RunView.Plan(1, new PlanView.PolicyVersion(7L, "ci", 1), Amount.NONE),
                RunState.DONE,
                new RunView.Request(RunTrigger.SCHEDULE, new RunView.By("ci", NOW, null, null), NOW, null, null),
                new RunView.Course(null, null, NOW, NOW, null, List.of()),
                new RunView.Result(
                        Amount.NONE,
                        Amount.NONE,
                        Amount.NONE,
                        null,
                        null,
                        cacheAfter == null ? null : new ByteSize(cacheAfter),
                        null,
                        null));
    }

    @Test
    void scheduleIsInItsTimeZoneAcrossAClockChange() {
        assertThat(future(Triggers.cron("0 3 * * *", BERLIN)).starts())
                .hasSize(90)
                .startsWith(Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-03-30T01:00:00Z"));
    }

    @Test
    void startsOutsideOfTheMaintenanceWindowAreLeftOut() {
        var triggers = new Triggers("0 */6 * * *", BERLIN, null, false, DayWindow.parse("22:00-04:00"));

        assertThat(future(triggers).starts()).hasSize(90).first().isEqualTo(Instant.parse("2026-03-28T23:00:00Z"));
    }

    @Test
    void watermarkIsInBytesOfThisDisk() {
        var cache = new Watermark(Watermark.Of.CACHE, Space.parse("50%"), Space.parse("30%"));
        var free = new Watermark(Watermark.Of.FREE_DISK, Space.parse("200"), Space.parse("300"));

        assertThat(future(new Triggers(null, BERLIN, cache, false, null)))
                .isEqualTo(new PolicyPrunes("ci", List.of(), false, 500L, null, List.of()));
        assertThat(future(new Triggers(null, BERLIN, free, true, null)))
                .isEqualTo(new PolicyPrunes("ci", List.of(), true, null, 200L, List.of()));
    }

    @Test
    void lastRunsShowWhatARunLeaves() {
        assertThat(future(Triggers.NONE, run(80L), run(null), run(95L)).left()).containsExactly(80L, 95L);
        assertThat(asked).singleElement().satisfies(filter -> {
            assertThat(filter.policy()).isEqualTo(7);
            assertThat(filter.builder()).isEqualTo(new BuilderId(1));
            assertThat(filter.states()).containsExactlyInAnyOrder(RunState.DONE, RunState.PARTIAL);
        });
    }

    @Test
    void onlyAnEnforcedPolicyPrunesAnEnabledHost() {
        var triggers = Triggers.cron("0 3 * * *", BERLIN);

        assertThat(FutureOfPolicies.governing(hosts.all(), List.of(policy(PolicyMode.ENFORCE, triggers))))
                .isPresent();
        assertThat(FutureOfPolicies.governing(hosts.all(), List.of(policy(PolicyMode.REPORT, triggers))))
                .isEmpty();
    }

    @Test
    void lastRuleForAllRecordsLimitsTheCache() {
        assertThat(Situations.garbageCollection(with(
                        rule(List.of("type==source.local"), Duration.ZERO, 1, 0, 0),
                        rule(List.of(), Duration.ofDays(2), 2, 0, 0),
                        rule(List.of(), Duration.ZERO, 300, 0, 10),
                        rule(List.of(), Duration.ZERO, 400, 200, 20))))
                .isEqualTo(new GarbageCollection(400L, 200L, 20));
        assertThat(Situations.garbageCollection(with(rule(List.of("type==source.local"), Duration.ZERO, 1, 0, 0))))
                .isNull();
        assertThat(Situations.garbageCollection(with(rule(List.of(), Duration.ZERO, 0, 0, 10))))
                .isNull();
    }

    private static GcPolicy rule(List<String> filters, Duration keep, long most, long free, long reserved) {
        return new GcPolicy(true, filters, keep, new ByteSize(reserved), new ByteSize(most), new ByteSize(free));
    }

    private WatchedHost with(GcPolicy... rules) {
        var found = HostFixtures.engine("engine-1");
        return hosts.recordProbe(
                new HostId(1),
                new HostCapabilities(
                        found.probedAt(),
                        found.engineId(),
                        found.engineVersion(),
                        found.apiVersion(),
                        found.buildkitVersion(),
                        found.buildKit(),
                        found.control(),
                        found.dataRoot(),
                        found.storageDriver(),
                        found.containerdImageStore(),
                        found.operatingSystem(),
                        List.of(rules),
                        List.of()));
    }
}
