package dev.cachewarden.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.HostFixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoverningLimitsTests {

    private static final Triggers NIGHTLY = Triggers.cron("0 3 * * *", ZoneOffset.UTC);

    private final List<WatchedHost> hosts = FakeHosts.leadingTo("one", "one").all();

    @Test
    void listsThePruningPolicyFirstAndMarksReportMode() {
        assertThat(limits(
                        policy(1, PolicyMode.REPORT, 9, NIGHTLY, 10),
                        policy(2, PolicyMode.ENFORCE, 1, NIGHTLY, 20),
                        policy(3, PolicyMode.ENFORCE, 5, NIGHTLY, 30)))
                .containsExactly(limit(3, 30, null), limit(1, 10, "it is in report mode"));
    }

    @Test
    void marksPoliciesWithoutAnAutomaticTrigger() {
        assertThat(limits(policy(1, PolicyMode.ENFORCE, 0, Triggers.NONE, 20)))
                .containsExactly(limit(1, 20, "it has no automatic trigger"));
        assertThat(limits(policy(1, PolicyMode.ENFORCE, 0, new Triggers(null, ZoneOffset.UTC, null, true, null), 20)))
                .containsExactly(limit(1, 20, null));
    }

    @Test
    void onAHostThatIsSwitchedOffNothingIsDeleted() {
        var off = new FakeHosts(connection -> new ProbeResult.Reached(HostFixtures.engine("one")));
        off.register(new HostDraft(
                HostFixtures.connection("off", "tcp://127.0.0.1:1"), Map.of(), Duration.ofMinutes(1), false));

        assertThat(GoverningLimits.of(off.all(), List.of(policy(1, PolicyMode.ENFORCE, 0, NIGHTLY, 20)), null))
                .containsExactly(limit(1, 20, "the host is disabled"));
    }

    @Test
    void noPolicyLimitsNothing() {
        assertThat(limits()).isEmpty();
    }

    private List<CacheLimit> limits(PolicyView... policies) {
        return GoverningLimits.of(hosts, List.of(policies), null);
    }

    private static CacheLimit limit(long id, long bytes, @Nullable String idle) {
        return new CacheLimit(
                new CacheLimit.Policy(id, "policy-" + id, 4),
                "keeps at most " + bytes + " B",
                new ByteSize(bytes),
                idle);
    }

    private static PolicyView policy(long id, PolicyMode mode, int priority, Triggers triggers, long bytes) {
        var content = new PolicyView.Content(
                "policy-" + id,
                mode,
                true,
                LabelSelector.EVERY_HOST,
                priority,
                List.of(PruneRule.atMost(new ByteSize(bytes))),
                List.of(),
                triggers,
                LimitPerRun.ofShare(100),
                null,
                RunGuards.NONE);
        return new PolicyView(id, content, null, null, null, Instant.EPOCH, Instant.EPOCH, 4, List.of(), null);
    }
}
