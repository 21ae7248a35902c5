package dev.cachewarden.plan.preview;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.plan.PlanningParts;
import dev.cachewarden.plan.preview.PolicyPreview.OfHost;
import dev.cachewarden.plan.preview.PolicyPreview.Sample;
import dev.cachewarden.plan.preview.PolicyPreview.Unknown;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadPolicyPreviewsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final StoredPolicies policies = PolicyParts.policies(database, clock);
    private final PlanningParts planning = new PlanningParts(database, fleet, policies, clock);
    private final PolicyPreviews previews = previews(1_000_000);
    private FakeHost first;

    @BeforeEach
    void twoHosts() {
        database.clear();
        first = host(1).with(
                        aRecord("old").megabytes(3).record(),
                        aRecord("mount")
                                .type(RecordType.EXEC_CACHEMOUNT)
                                .megabytes(2)
                                .record(),
                        aRecord("young").usedDaysAgo(1).megabytes(4).record());
        host(2).with(aRecord("alsoold").megabytes(7).record());
    }

    private PolicyPreviews previews(long memory) {
        var snapshots = new Snapshots(planning.maker(), fleet, new SnapshotCache(memory));
        return new ReadPolicyPreviews(policies, planning.targets(), planning.maker(), snapshots, Runnable::run, clock);
    }

    private FakeHost host(long id) {
        var host = fleet.addStored(database, id, "engine-" + id);
        host.labels = Map.of("env", "ci", "host", "h" + id);
        return host;
    }

    @Test
    void summarizesByRuleTypeHostAndReason() {
        var preview =
                previews.of(policy("", "env=ci", rule(List.of("exec.cachemount"), "7d"), rule(List.of(), "7d")), null);

        assertThat(preview.effect().deleted()).isEqualTo(megabytes(3, 12));
        assertThat(preview.effect().kept()).isEqualTo(megabytes(1, 4));
        assertThat(preview.effect().byRule())
                .containsExactly(Map.entry(1, megabytes(1, 2)), Map.entry(2, megabytes(2, 10)));
        assertThat(preview.effect().byType())
                .containsExactly(
                        Map.entry(RecordType.EXEC_CACHEMOUNT, megabytes(1, 2)),
                        Map.entry(RecordType.REGULAR, megabytes(2, 10)));
        assertThat(preview.effect().keptByReason()).containsExactly(Map.entry("USED_WITHIN", megabytes(1, 4)));
        assertThat(preview.hosts()).extracting(OfHost::name).containsExactly("host-2", "host-1");
        assertThat(preview.deleted()).extracting(Sample::id).containsExactly("alsoold", "old", "mount");
        assertThat(preview.kept())
                .singleElement()
                .satisfies(sample -> assertThat(sample.reason()).isEqualTo("Rule 2: used within 7 d"));
        assertThat(preview.oldest()).isEqualTo(NOW);
        assertThat(preview.active()).isNull();
    }

    @Test
    void compareWithTheSavedVersionOfTheSameReadings() {
        var saved = policies.create(policy("saved", "host=h1", rule(List.of(), "7d")), "ada");

        var preview = previews.of(policy("saved", "host=h2", rule(List.of(), "7d")), saved.id());

        assertThat(preview.active()).isEqualTo(new PolicyPreview.Active(1, megabytes(2, 5)));
        assertThat(preview.change()).isEqualTo(2_000_000);
        assertThat(preview.hosts())
                .extracting(OfHost::name, OfHost::deleted, OfHost::active)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("host-2", megabytes(1, 7), Amount.NONE),
                        org.assertj.core.groups.Tuple.tuple("host-1", Amount.NONE, megabytes(2, 5)));
    }

    @Test
    void listsUnreachableHostsAsUnknown() {
        first.unreachable();
        first.knownUnreachable = true;

        var preview = previews.of(policy("", "env=ci", rule(List.of(), "7d")), null);

        assertThat(preview.effect().deleted()).isEqualTo(megabytes(1, 7));
        assertThat(preview.unknown())
                .extracting(Unknown::name, Unknown::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "host-1",
                        "Host host-1 is unreachable, so its current cache is unknown: Nobody listens at the address."));
    }

    @Test
    void storeNothing() {
        previews.of(policy("", "", rule(List.of(), "0s")), null);

        assertThat(database.jdbc().queryForObject("select count(*) from prune_plan", Long.class))
                .isZero();
        assertThat(policies.all()).isEmpty();
        assertThat(fleet.sent).isEmpty();
    }

    @Test
    void refuseWhatCannotBeRead() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> previews.of(policy("", "env=", rule(List.of(), "7d")), null))
                .satisfies(e -> assertThat(e.problems()).hasSize(1));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> previews.of(policy("", "", rule(List.of(), "7d")), 9L))
                .withMessage("There is no policy 9.");
    }

    @Test
    void keepOnlyTheLargestOfManyAsSamples() {
        for (int i = 0; i < 100; i++) {
            first.with(aRecord("r" + i).megabytes(10 + i).record());
        }

        var preview = previews.of(policy("", "host=h1", rule(List.of(), "7d")), null);

        assertThat(preview.deleted()).hasSize(20).first().extracting(Sample::id).isEqualTo("r99");
        assertThat(preview.deleted().getLast().id()).isEqualTo("r80");
    }

    private static Amount megabytes(long records, long megabytes) {
        return new Amount(records, new ByteSize(megabytes * 1_000_000));
    }

    private static PolicyDocument.Rule rule(List<String> types, @Nullable String unusedFor) {
        return PolicyDocument.Rule.of(types, unusedFor, null, null);
    }

    private static PolicyDocument policy(String name, String scope, PolicyDocument.Rule... rules) {
        return new PolicyDocument(
                name,
                "ENFORCE",
                true,
                scope,
                null,
                List.of(rules),
                List.of(),
                null,
                null,
                null,
                false,
                null,
                new PolicyDocument.LimitPerRun(null, "100"),
                null,
                PolicyDocument.Guards.NONE);
    }
}
