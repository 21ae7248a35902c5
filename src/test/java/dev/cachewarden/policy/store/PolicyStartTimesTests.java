package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.StartResult.Code;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When policies start, and which replica starts them. */
class PolicyStartTimesTests extends StoredPoliciesStage {

    @Test
    void claimWhatIsDueOnceAndMoveItOn() {
        var policy = policies.create(input("every minute", "* * * * *"), "ada");
        clock.advance(Duration.ofMinutes(1));

        assertThat(policies.claimDue(clock.instant()))
                .extracting(PolicyView::id)
                .containsExactly(policy.id());
        assertThat(policies.claimDue(clock.instant())).isEmpty();
        assertThat(policies.find(policy.id()).orElseThrow().nextStartAt()).isEqualTo("2026-09-01T12:02:00Z");
    }

    @Test
    void makeUpForMissedTimesOnce() {
        var policy = policies.create(input("every minute", "* * * * *"), "ada");
        clock.advance(Duration.ofDays(3));

        assertThat(policies.claimDue(clock.instant())).hasSize(1);
        assertThat(policies.claimDue(clock.instant())).isEmpty();
        assertThat(policies.find(policy.id()).orElseThrow().nextStartAt()).isEqualTo("2026-09-04T12:01:00Z");
    }

    @Test
    void neverClaimsDisabledOrManualPolicies() {
        policies.create(input("by hand", null), "ada");
        var off = policies.create(input("off", "* * * * *"), "ada");
        policies.change(off.id(), disabled(input("off", "* * * * *")), null, "ada");
        clock.advance(Duration.ofDays(1));

        assertThat(policies.claimDue(clock.instant())).isEmpty();
    }

    @Test
    void giveEachStartToOneReplica() {
        IntStream.range(0, 20).forEach(i -> policies.create(input("policy " + i, "* * * * *"), "ada"));
        clock.advance(Duration.ofMinutes(1));
        var other = PolicyParts.policies(database, clock);

        var mine = CompletableFuture.supplyAsync(() -> policies.claimDue(clock.instant()));
        var theirs = other.claimDue(clock.instant());

        assertThat(Stream.concat(mine.join().stream(), theirs.stream()).map(PolicyView::id))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void rememberWhatCameOfAFire() {
        var policy = policies.create(input("every minute", "* * * * *"), "ada");
        clock.advance(Duration.ofMinutes(1));
        var startedAt = clock.instant();
        policies.claimDue(startedAt);

        policies.recordStartResult(
                policy, startedAt, StartResult.NONE.and(Code.RUNS_STARTED, 1, new Amount(3, new ByteSize(1024))));

        assertThat(policies.find(policy.id()).orElseThrow().lastStartResult())
                .isEqualTo("1 run of 3 records, 1.0 KiB.");
    }

    @Test
    void returnsTheNextStartTimes() {
        assertThat(policies.nextStarts("0 */6 * * *", "Europe/Berlin", 2))
                .containsExactly(Instant.parse("2026-09-01T16:00:00Z"), Instant.parse("2026-09-01T22:00:00Z"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> policies.nextStarts("0 0 30 2 *", null, 5))
                .withMessage("cron: '0 0 30 2 *' never starts a run, because no such date exists");
    }

    private static PolicyDocument disabled(PolicyDocument input) {
        return new PolicyDocument(
                input.name(),
                input.mode(),
                false,
                input.scope(),
                input.priority(),
                input.rules(),
                input.pins(),
                input.cron(),
                input.timeZone(),
                input.watermark(),
                input.afterBuilds(),
                input.window(),
                input.limitPerRun(),
                input.approveAbove(),
                input.guards());
    }
}
