package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.policy.PolicyChanged;
import dev.cachewarden.policy.PolicyChanged.Kind;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.CommittedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Stored policies: how they are saved, listed, and removed, and the names that they can have. */
class StoredPoliciesTests extends StoredPoliciesStage {

    private final CommittedEvents events = new CommittedEvents();

    private final TransactionTemplate transactions = database.transactions();

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
}
