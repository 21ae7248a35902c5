package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs.RunFilter;
import dev.cachewarden.run.store.PendingStarts.Start;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Scheduled starts whose replica ends between the claim and the last run. */
class StartRecoveryTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final PruneStage stage = new PruneStage(database);
    private final PendingStarts pending = new PendingStarts(JdbcClient.create(database.dataSource()));
    private FakeHost first;
    private FakeHost second;
    private PolicyView policy;
    private Start start;

    /** A replica claimed the start, and did nothing yet. */
    @BeforeEach
    void aClaimedStart() {
        database.clear();
        first = stage.host(1, "engine-1").with(aRecord("a").record());
        second = stage.host(2, "engine-2").with(aRecord("b").record());
        policy = stage.policies.create(
                new PolicyDocument(
                        "hourly",
                        "ENFORCE",
                        true,
                        null,
                        "0",
                        List.of(PolicyDocument.Rule.of(List.of(), "0s", null, null)),
                        List.of(),
                        "0 * * * *",
                        null,
                        null,
                        false,
                        null,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        null,
                        PolicyDocument.Guards.NONE),
                "ada");
        stage.clock.advance(Duration.ofHours(1));
        assertThat(stage.policies.claimDue(now())).hasSize(1);
        start = new Start(policy.id(), now());
    }

    @Test
    void anotherReplicaTakesItOverOnce() {
        var other = stage.scheduler();
        var third = stage.scheduler();
        stage.clock.advance(stage.settings.deadAfter().minusSeconds(1));
        other.tick(now());
        assertThat(runs()).as("its replica may still run it").isEmpty();

        stage.clock.advance(Duration.ofSeconds(1));
        other.tick(now());
        third.tick(now());

        assertThat(runs()).extracting(run -> run.target().hostName()).containsExactlyInAnyOrder("host-1", "host-2");
        assertThat(lastResult()).startsWith("Continued by another replica: 2 runs of 2 records");
        stage.clock.advance(Duration.ofMinutes(5));
        other.tick(now());
        third.tick(now());
        assertThat(runs()).hasSize(2);
        assertThat(starts()).isZero();
    }

    @Test
    void anEngineThatHasItsRunGetsNoOtherOne() {
        stage.start.onSchedule(policy, Set.of(first.builder()), start.key());
        stage.tick();
        first.with(aRecord("new").record());

        takeOver();
        stage.tick();

        assertThat(runs()).hasSize(2);
        assertThat(first.records).containsKey("new");
        assertThat(second.records).isEmpty();
    }

    /** It was only suspended, such as by a snapshot of its machine. */
    @Test
    void aReplicaThatComesBackStartsNoSecondRun() {
        takeOver();
        stage.tick();
        first.with(aRecord("new").record());

        var started = stage.start.onSchedule(policy, Set.of(), start.key());

        assertThat(started.result().text()).isEqualTo("All runs already exist.");
        assertThat(runs()).hasSize(2);
    }

    @Test
    void aStartThatWaitsForAnotherRunIsTakenOverOnlyWhenItsReplicaIsSilent() {
        takeOver();
        stage.tick();
        first.with(aRecord("more").record());
        var other = stage.request(first);
        stage.clock.advance(Duration.ofMinutes(59));
        stage.rows.heartbeat(List.of(other.id()), "x", now());
        var mine = stage.scheduler();
        stage.clock.advance(Duration.ofMinutes(1));
        mine.tick(now());
        assertThat(lastResult()).contains("Postponed on 1 host");
        var spare = stage.scheduler();

        for (int i = 0; i < 10; i++) {
            stage.clock.advance(stage.settings.deadAfter().dividedBy(2));
            mine.tick(now());
            spare.tick(now());
        }
        assertThat(lastResult()).doesNotContain("Continued");

        stage.clock.advance(stage.settings.deadAfter());
        spare.tick(now());
        assertThat(lastResult()).startsWith("Continued by another replica: ").contains("Postponed on 1 host");
        stage.runs.cancel(other.id(), Caller.named("ada"));
        int before = runs().size();
        first.with(aRecord("late").record());
        stage.clock.advance(Duration.ofSeconds(1));
        spare.tick(now());
        assertThat(runs()).hasSize(before + 1);
        assertThat(starts()).isZero();
    }

    @Test
    void aDisabledPolicyStartsNoMore() {
        database.jdbc().update("update prune_policy set document = jsonb_set(document, '{enabled}', 'false')");

        takeOver();

        assertThat(runs()).isEmpty();
        assertThat(starts()).isZero();
    }

    @Test
    void aStartThatFailsEachTimeIsGivenUp() {
        int taken = 0;
        for (int i = 0; i < 20; i++) {
            stage.clock.advance(stage.settings.deadAfter());
            taken += pending.takeOver(now().minus(stage.settings.deadAfter()), now())
                    .size();
        }

        assertThat(taken).isEqualTo(4);
    }

    private void takeOver() {
        stage.clock.advance(stage.settings.deadAfter());
        stage.scheduler().tick(now());
    }

    private Instant now() {
        return stage.clock.instant();
    }

    private List<RunView> runs() {
        return stage.runs.list(RunFilter.ALL, null, 100).items();
    }

    private String lastResult() {
        return String.valueOf(stage.policies.find(policy.id()).orElseThrow().lastStartResult());
    }

    private Long starts() {
        return Objects.requireNonNull(
                database.jdbc().queryForObject("select count(*) from prune_pending_start", Long.class));
    }
}
