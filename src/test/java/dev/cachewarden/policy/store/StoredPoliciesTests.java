package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyChanged;
import dev.cachewarden.policy.PolicyChanged.Kind;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.CommittedEvents;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.transaction.support.TransactionTemplate;

class StoredPoliciesTests {

    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00.123456789Z");

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock(NOON);
    private final CommittedEvents events = new CommittedEvents();
    private final TransactionTemplate transactions = database.transactions();
    private final StoredPolicies policies = PolicyParts.policies(database, clock);

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void publishChangesOfPoliciesOnceTheyAreCommitted() {
        var published = PolicyParts.policies(database, events, clock);

        var id = Objects.requireNonNull(transactions.execute(status -> {
            long created =
                    published.create(input("nightly", "30 3 * * *"), "ada").id();
            assertThat(events.of(PolicyChanged.class)).isEmpty();
            return created;
        }));
        transactions.executeWithoutResult(status -> published.change(id, input("nightly", "30 4 * * *"), 1, "ada"));
        // A save that changes nothing creates no version.
        transactions.executeWithoutResult(status -> published.change(id, input("nightly", "30 4 * * *"), 2, "ada"));
        transactions.executeWithoutResult(status -> {
            published.remove(id);
            status.setRollbackOnly();
        });
        transactions.executeWithoutResult(status -> published.remove(id));

        assertThat(events.of(PolicyChanged.class))
                .containsExactly(
                        new PolicyChanged(id, 1, Kind.CREATED),
                        new PolicyChanged(id, 2, Kind.SAVED),
                        new PolicyChanged(id, 2, Kind.REMOVED));
    }

    @Test
    void keepAPolicyAsItWasWritten() {
        var created = policies.create(input("nightly", "30 3 * * *"), "ada");

        assertThat(policies.find(created.id())).contains(created);
        assertThat(created.version()).isEqualTo(1);
        assertThat(created.scope()).hasToString("env=ci");
        assertThat(created.rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.unusedFor()).isEqualTo(Duration.ofDays(14)));
        assertThat(created.limitPerRun()).hasToString("18.6 GiB and 20% of the cache");
        assertThat(created.nextStartAt()).isEqualTo("2026-09-02T01:30:00Z");
        assertThat(created.createdAt()).isEqualTo("2026-09-01T12:00:00.123457Z");
    }

    @Test
    void listByName() {
        policies.create(input("beta", null), "ada");
        policies.create(input("Alpha", null), "ada");

        assertThat(policies.all()).extracting(PolicyView::name).containsExactly("Alpha", "beta");
    }

    @Test
    void countSaves() {
        var created = policies.create(input("nightly", "30 3 * * *"), "ada");
        clock.advance(Duration.ofHours(1));

        var changed = policies.change(created.id(), input("weekly", "30 3 * * 0"), 1, "ada");

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.name()).isEqualTo("weekly");
        assertThat(changed.createdAt()).isEqualTo(created.createdAt());
        assertThat(changed.updatedAt()).isAfter(created.updatedAt());
        assertThat(changed.nextStartAt()).isEqualTo("2026-09-06T01:30:00Z");
    }

    @Test
    void refuseAChangeToAnOldVersion() {
        var created = policies.create(input("nightly", null), "ada");
        policies.change(created.id(), input("nightly", "30 3 * * *"), null, "ada");

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> policies.change(created.id(), input("mine", null), 1, "ada"))
                .withMessage(
                        "Policy nightly is now at version 2. Your changes were not saved. Reload it and try again.");
    }

    @Test
    void saveAVersionOnceIfTwoUsersSaveItAtTheSameTime() {
        var created = policies.create(input("nightly", null), "ada");
        var saves = IntStream.range(0, 8)
                .mapToObj(hour -> CompletableFuture.supplyAsync(
                        () -> policies.change(created.id(), input("nightly", "0 " + hour + " * * *"), 1, "ada")))
                .toList();

        assertThat(saves.stream()
                        .filter(save -> save.handle((policy, failure) -> failure == null)
                                .join()))
                .hasSize(1);
        assertThat(policies.of(created.id()))
                .extracting(PolicyVersionView::version)
                .containsExactly(2, 1);
    }

    @Test
    void countEachSaveThatNamesNoVersion() {
        var created = policies.create(input("nightly", null), "ada");
        var saves = IntStream.range(0, 8)
                .mapToObj(hour -> CompletableFuture.supplyAsync(
                        () -> policies.change(created.id(), input("nightly", "0 " + hour + " * * *"), null, "ada")))
                .toList();

        saves.forEach(CompletableFuture::join);
        assertThat(policies.find(created.id()).orElseThrow().version()).isEqualTo(9);
        assertThat(policies.of(created.id())).hasSize(9);
    }

    @Test
    void namesDifferInMoreThanCaseAlsoIfTheyAreCreatedAtTheSameTime() {
        var creations = Stream.of("nightly", "Nightly", "NIGHTLY", "n\uff49ghtly")
                .map(name -> CompletableFuture.supplyAsync(() -> policies.create(input(name, null), "ada")))
                .toList();

        assertThat(creations.stream()
                        .filter(creation -> creation.handle((policy, failure) -> failure == null)
                                .join()))
                .hasSize(1);
        assertThat(policies.all()).hasSize(1);
    }

    @Test
    void refuseANameThatIsTaken() {
        policies.create(input("nightly", null), "ada");
        var other = policies.create(input("weekly", null), "ada");
        var problem = List.of(new FieldProblem("name", "'nightly' is already used by another policy"));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> policies.create(input("nightly", null), "ada"))
                .satisfies(e -> assertThat(e.problems()).isEqualTo(problem));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> policies.change(other.id(), input("nightly", null), null, "ada"))
                .satisfies(e -> assertThat(e.problems()).isEqualTo(problem));
    }

    @Test
    void reportsAnUnknownPolicy() {
        assertThat(policies.find(7)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> policies.change(7, input("x", null), null, "ada"))
                .withMessage("There is no policy 7.");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> policies.remove(7))
                .withMessage("There is no policy 7.");
    }

    @Test
    void removeForGood() {
        var created = policies.create(input("nightly", null), "ada");

        policies.remove(created.id());

        assertThat(policies.all()).isEmpty();
    }

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

        policies.recordStartResult(policy, startedAt, "1 run of 3 records, 1.0 KiB.");

        assertThat(policies.find(policy.id()).orElseThrow().lastStartResult())
                .isEqualTo("1 run of 3 records, 1.0 KiB.");
    }

    @Test
    void keepEverySaveAndRestoreOneAsANewVersion() {
        var created = policies.create(input("nightly", "30 3 * * *"), "ada");
        clock.advance(Duration.ofHours(1));
        policies.change(created.id(), everyTrigger(), 1, "grace");

        assertThat(policies.of(created.id()))
                .extracting(PolicyVersionView::version, PolicyVersionView::savedBy)
                .containsExactly(tuple(2, "grace"), tuple(1, "ada"));
        assertThat(policies.find(created.id(), 1).orElseThrow().content()).isEqualTo(created.content());
        assertThat(policies.find(created.id(), 2).orElseThrow().content())
                .isEqualTo(policies.find(created.id()).orElseThrow().content());

        var restored = policies.restore(created.id(), 1, "linus");

        assertThat(restored.version()).isEqualTo(3);
        assertThat(restored.content()).isEqualTo(created.content());
        assertThat(restored.nextStartAt()).isEqualTo(created.nextStartAt());
        assertThat(policies.find(created.id(), 3).orElseThrow().savedBy()).isEqualTo("linus");
    }

    @Test
    void latestVersionsAreOfEachPolicyInOrder() {
        var beta = policies.create(input("beta", null), "ada");
        for (int hour = 0; hour < 3; hour++) {
            clock.advance(Duration.ofHours(1));
            policies.change(beta.id(), input("beta", "30 " + hour + " * * *"), null, "ada");
        }
        policies.create(input("Alpha", null), "ada");
        policies.create(input("gamma", null), "ada");

        assertThat(policies.latest(2, 2))
                .extracting(version -> version.content().name() + " v" + version.version())
                .containsExactly("Alpha v1", "beta v4", "beta v3");
        assertThat(policies.latest(1, 5)).hasSize(1);
    }

    @Test
    void versionsSavedWithinATimeAreNewestFirst() {
        var nightly = policies.create(input("nightly", null), "ada");
        var first = clock.instant();
        for (int hour = 0; hour < 3; hour++) {
            clock.advance(Duration.ofHours(1));
            policies.change(nightly.id(), input("nightly", "30 " + hour + " * * *"), null, "ada");
        }

        assertThat(policies.savedWithin(first, clock.instant(), 9))
                .extracting(PolicyVersionView::version)
                .containsExactly(3, 2, 1);
        assertThat(policies.savedWithin(first.plusSeconds(1), clock.instant().plusSeconds(1), 2))
                .extracting(PolicyVersionView::version)
                .containsExactly(4, 3);
    }

    @Test
    void keepGuardsWithThePolicyAndItsVersions() {
        var plain = policies.create(input("nightly", null), "ada");
        var guards = new RunGuards(Duration.ofMinutes(10), 3, 200, Duration.ofMillis(500));

        policies.change(plain.id(), everyTrigger(), 1, "ada");

        assertThat(plain.guards()).isEqualTo(RunGuards.NONE);
        assertThat(policies.find(plain.id()).orElseThrow().guards()).isEqualTo(guards);
        assertThat(policies.of(plain.id()))
                .extracting(version -> version.content().guards())
                .containsExactly(guards, RunGuards.NONE);
        assertThat(policies.restore(plain.id(), 1, "ada").guards()).isEqualTo(RunGuards.NONE);
    }

    @Test
    void keepNoVersionOfASaveThatWasRefused() {
        var created = policies.create(input("nightly", null), "ada");
        policies.create(input("other", null), "ada");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> policies.change(created.id(), input("other", null), null, "ada"));

        assertThat(policies.of(created.id())).hasSize(1);
    }

    @Test
    void reportsAnUnknownVersion() {
        var created = policies.create(input("nightly", null), "ada");

        assertThat(policies.find(created.id(), 9)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> policies.restore(created.id(), 9, "ada"))
                .withMessage("Policy " + created.id() + " has no version 9.");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> policies.of(created.id() + 1))
                .withMessage("There is no policy " + (created.id() + 1) + ".");
    }

    private static PolicyDocument everyTrigger() {
        return new PolicyDocument(
                "nightly",
                "REPORT",
                false,
                "env!=prod,gpu,!old",
                "7",
                List.of(PolicyDocument.Rule.of(List.of(), "14d", "15%", null)),
                List.of("mountTarget==/root/.m2"),
                "0 4 * * *",
                "UTC",
                new PolicyDocument.Watermark("FREE_DISK", "10%", "20%"),
                true,
                "22:00-06:00",
                new PolicyDocument.LimitPerRun(null, "50"),
                "1GB",
                new PolicyDocument.Guards("10m", "3", "200", "PT0.5S"));
    }

    @Test
    void returnsTheNextStartTimes() {
        assertThat(policies.nextStarts("0 */6 * * *", "Europe/Berlin", 2))
                .containsExactly(Instant.parse("2026-09-01T16:00:00Z"), Instant.parse("2026-09-01T22:00:00Z"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> policies.nextStarts("0 0 30 2 *", null, 5))
                .withMessage("cron: '0 0 30 2 *' never starts a run, because no such date exists");
    }

    private static PolicyDocument input(String name, @Nullable String cron) {
        return new PolicyDocument(
                name,
                PolicyMode.ENFORCE.name(),
                true,
                "env=ci",
                null,
                List.of(PolicyDocument.Rule.of(List.of("regular"), "14d", null, "1GiB")),
                List.of(),
                cron,
                "Europe/Berlin",
                null,
                false,
                null,
                new PolicyDocument.LimitPerRun("20GB", "20"),
                null,
                PolicyDocument.Guards.NONE);
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
