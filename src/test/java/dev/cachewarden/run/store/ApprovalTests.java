package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.plan.ApprovalSettings;
import dev.cachewarden.plan.ApprovalSettings.By;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunView;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may approve a run has no version that asks for approval. */
class ApprovalTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final PruneStage stage = new PruneStage(database);

    @BeforeEach
    void aHost() {
        database.clear();
        stage.chainOfThree(1);
    }

    private RunView requestedBy(String name) {
        var policy = stage.policies.create(
                new PolicyDocument(
                        "nightly",
                        "ENFORCE",
                        true,
                        null,
                        null,
                        List.of(PolicyDocument.Rule.of(List.of(), "0s", null, null)),
                        List.of(),
                        null,
                        null,
                        null,
                        false,
                        null,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        "1MB",
                        PolicyDocument.Guards.NONE),
                "ada");
        var outcome = stage.runs
                .startFor(policy.id(), RunRequest.by(Caller.named(name)))
                .getFirst();
        return ((RunOutcome.Requested) outcome).run();
    }

    @ParameterizedTest(name = "requested by {0}, approved by {1}")
    @CsvSource({"ada, ada", "ada-token-1, ada", "ada, ada-token-1", "ada-token-1, ada-token-2"})
    void rejectsSelfApprovalIfAnotherApproverExists(String requester, String approver) {
        stage.approvers.addAll(List.of("ada", "grace"));
        var run = requestedBy(requester);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.approve(run.id(), Caller.named(approver), null))
                .withMessage("ada requested this run. Another user must approve it.");
        assertThat(stage.get(run).state()).isEqualTo(RunState.AWAITING_APPROVAL);
    }

    @ParameterizedTest(name = "requested by {0}, approved by {1}")
    @CsvSource({"ada, grace", "ada-token-1, grace", "schedule, ada"})
    void anotherPersonApproves(String requester, String approver) {
        stage.approvers.addAll(List.of("ada", "grace"));
        var run = requestedBy(requester);

        assertThat(stage.runs.approve(run.id(), Caller.named(approver), null).state())
                .isEqualTo(RunState.COUNTDOWN);
    }

    @Test
    void theOnlyPersonApprovesAnOwnRunAndReadsWhy() {
        stage.approvers.add("ada");
        var run = requestedBy("ada");

        assertThat(stage.runs.approval(run, Caller.named("ada")).note())
                .isEqualTo(
                        "You requested this run. You can approve it yourself because no other user can approve runs.");
        assertThat(stage.runs.approve(run.id(), Caller.named("ada"), null).state())
                .isEqualTo(RunState.COUNTDOWN);
    }

    @Test
    void manualPlanAboveTheThresholdNeedsApproval() {
        var large = stage.host(2, "engine-2")
                .with(aRecord("large").megabytes(101_000).record());
        var small = stage.host(3, "engine-3").with(aRecord("small").record());

        var waiting = stage.request(large);
        assertThat(waiting.state()).isEqualTo(RunState.AWAITING_APPROVAL);
        assertThat(stage.request(small).state()).isEqualTo(RunState.COUNTDOWN);
        stage.tick();
        assertThat(large.records).isNotEmpty();
        stage.approvers.add("grace");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.approve(waiting.id(), Caller.named("ada"), Duration.ZERO));

        stage.runs.approve(waiting.id(), Caller.named("grace"), Duration.ZERO);
        stage.tick();
        assertThat(large.records).isEmpty();
    }

    @Test
    void manualThresholdIsASizeOrNone() {
        assertThat(new ApprovalSettings(By.ANYONE, "none").manualThreshold()).isNull();
        assertThat(new ApprovalSettings(By.ANYONE, "2GB").manualThreshold()).isEqualTo(new ByteSize(2_000_000_000));
        assertThatThrownBy(() -> new ApprovalSettings(By.ANYONE, "much"))
                .hasMessageStartingWith("cachewarden.approval.manual-above must be a size such as 100GB, or none: ");
    }

    @Test
    void theSettingDecides() {
        stage.approvers.add("ada");
        var run = requestedBy("ada");
        var strict =
                new Approvals(new ApprovalSettings(By.ANOTHER, "none"), stage.accounts).of(run, Caller.named("ada"));

        assertThat(strict.allowed()).isFalse();
        assertThat(strict.note())
                .isEqualTo("ada requested this run, and no other user can approve it. Add a user with the role"
                        + " operator, or set cachewarden.approval.by to ANYONE.");
        stage.approvers.add("grace");
        assertThat(new Approvals(new ApprovalSettings(By.ANYONE, "none"), stage.accounts)
                        .of(run, Caller.named("ada"))
                        .allowed())
                .isTrue();
    }
}
