package dev.cachewarden.plan.preview;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.plan.PlanningParts;
import dev.cachewarden.plan.preview.PolicyPreview.Sample;
import dev.cachewarden.plan.preview.PolicyPreview.Unknown;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Previews out of snapshots that are kept in memory are those out of the store. */
class KeptPreviewsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final StoredPolicies policies = PolicyParts.policies(database, clock);
    private final PlanningParts planning =
            new PlanningParts(database, fleet, policies, KeptPreviewsTests::times, clock);
    private final PolicyPreviews keeping = previews(1_000_000);
    private final PolicyPreviews readingEachTime = previews(0);
    private FakeHost first;

    /** Known by the description alone, as from real builds. */
    private static Map<String, Duration> times(BuilderId builder, Collection<CacheRecord> records) {
        var times = new HashMap<String, Duration>();
        for (var record : records) {
            int step = Integer.parseInt(record.description().replaceAll(".*step ", ""));
            times.put(record.id(), Duration.ofSeconds(step * 37L % 101));
        }
        return times;
    }

    private PolicyPreviews previews(long memory) {
        return previews(new Snapshots(planning.maker(), fleet, new SnapshotCache(memory)));
    }

    private PolicyPreviews previews(Snapshots snapshots) {
        return new ReadPolicyPreviews(policies, planning.targets(), planning.maker(), snapshots, Runnable::run, clock);
    }

    @BeforeEach
    void hostsWithChains() {
        database.clear();
        first = fleet.addStored(database, 1, "engine-1");
        fill(first, 1);
        fill(fleet.addStored(database, 2, "engine-2"), 2);
    }

    private static void fill(FakeHost host, int seed) {
        for (int i = 0; i < 60; i++) {
            host.with(aRecord("h" + seed + "r" + i)
                    .type(i % 7 == 0 ? RecordType.EXEC_CACHEMOUNT : RecordType.REGULAR)
                    .described("cached mount /root/m" + i % 3 + " from exec /bin/sh -c step " + i * seed)
                    .usedDaysAgo(i * 5 % 31)
                    .uses(i % 4)
                    .megabytes(1 + i * 13 % 50)
                    .on(i % 6 == 0 ? new String[0] : new String[] {"h" + seed + "r" + (i - 1)})
                    .record());
        }
    }

    @Test
    void equalThoseThatReadEachTime() {
        var saved = policies.create(policy("saved", rule("20d")), "ada");
        keeping.of(policy("", rule("1d")), saved.id());
        int asked = fleet.snapshotsAsked.get();

        for (int days = 0; days < 31; days++) {
            for (var edit : List.of(policy("", rule(days + "d")), filtered(days), cheapest(days))) {
                int before = fleet.snapshotsAsked.get();
                var kept = keeping.of(edit, saved.id());
                assertThat(fleet.snapshotsAsked.get()).isEqualTo(before);
                assertThat(kept).isEqualTo(readingEachTime.of(edit, saved.id()));
            }
        }
        assertThat(fleet.snapshotsAsked.get()).isEqualTo(asked + 31 * 3 * 2);
    }

    /** A poll had the records in memory, so that not even the first preview reads the store. */
    @Test
    void firstPreviewReadsNothingThatAPollBrought() {
        var snapshots = new Snapshots(planning.maker(), fleet, new SnapshotCache(1_000_000));
        var polled = previews(snapshots);
        fleet.lastReadings()
                .forEach((builder, last) -> snapshots.on(new RecordsRead(
                        builder,
                        last.takenAt(),
                        Objects.requireNonNull(last.fingerprint()),
                        fleet.snapshot(builder).orElseThrow().records())));
        int asked = fleet.snapshotsAsked.get();

        var preview = polled.of(filtered(9), null);

        assertThat(fleet.snapshotsAsked.get()).isEqualTo(asked);
        assertThat(preview.effect().deleted().records()).isPositive();
        assertThat(preview).isEqualTo(readingEachTime.of(filtered(9), null));

        first.with(aRecord("new").usedDaysAgo(30).megabytes(7).record());
        first.readAt = first.readAt.plusSeconds(60);
        assertThat(polled.of(filtered(9), null))
                .as("later changes are read")
                .isEqualTo(readingEachTime.of(filtered(9), null));
    }

    @Test
    void showTheDescriptionsOfTheirSamples() {
        keeping.of(policy("", rule("1d")), null);

        var again = keeping.of(policy("", rule("1d")), null);

        assertThat(again.deleted()).hasSize(20).extracting(Sample::description).allMatch(text -> text.contains("step"));
        assertThat(again.kept()).isNotEmpty().extracting(Sample::description).allMatch(text -> text.contains("step"));
    }

    @Test
    void equalThePlan() {
        var saved = policies.create(policy("saved", rule("9d"), limit("300MB")), "ada");
        keeping.of(policy("", rule("1d")), saved.id());

        var preview = keeping.of(policy("saved", rule("9d"), limit("300MB")), saved.id());

        var planned = planning.plans().makeFor(saved.id(), "ada").stream()
                .map(outcome -> ((PlanOutcome.Planned) outcome).plan().effect().planned())
                .reduce(Amount.NONE, Amount::plus);
        assertThat(preview.effect().deleted()).isEqualTo(planned);
        assertThat(preview.change()).isZero();
    }

    @Test
    void seeWhatTheNextReadingBrings() {
        var before = keeping.of(policy("", rule("1d")), null);
        clock.advance(Duration.ofMinutes(1));
        first.with(aRecord("new").usedDaysAgo(9).megabytes(7_000).record());
        first.readAt = clock.instant();

        var after = keeping.of(policy("", rule("1d")), null);

        assertThat(after.deleted().getFirst().id()).isEqualTo("new");
        assertThat(after.effect().deleted().records())
                .isEqualTo(before.effect().deleted().records() + 1);
        assertThat(after.oldest()).isEqualTo(NOW);
    }

    @Test
    void countAgesToNowAndReadingsThatBroughtNothingAsRead() {
        keeping.of(policy("", rule("1d")), null);
        int asked = fleet.snapshotsAsked.get();
        clock.advance(Duration.ofDays(3));
        fleet.all().forEach(host -> fleet.sampleNow(host.id()));

        var after = keeping.of(policy("", rule("1d")), null);

        assertThat(fleet.snapshotsAsked.get()).isEqualTo(asked);
        assertThat(after.oldest()).isEqualTo(clock.instant());
        assertThat(after).isEqualTo(readingEachTime.of(policy("", rule("1d")), null));
        assertThat(after.effect().keptByReason()).doesNotContainKey("USED_WITHIN");
    }

    @Test
    void omitsStaleSnapshotsAndUnreachableHosts() {
        keeping.of(policy("", rule("1d")), null);
        clock.advance(Duration.ofMinutes(4));
        first.unreachable();
        first.knownUnreachable = true;

        var preview = keeping.of(policy("", rule("1d")), null);

        assertThat(preview.hosts()).isEmpty();
        assertThat(preview.unknown())
                .extracting(Unknown::reason)
                .containsExactlyInAnyOrder(
                        "Host host-1 is unreachable, so its current cache is unknown: Nobody listens at the address.",
                        "The last snapshot of host host-2 is 4 min old, too old for a plan. See the host page for the cause.");
    }

    @Test
    void stopsWhenTheRequestIsCanceled() {
        var looked = new AtomicInteger();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> keeping.of(policy("", rule("1d")), null, () -> looked.incrementAndGet() > 1));

        // One engine was worked out, the other no more.
        assertThat(fleet.snapshotsAsked.get()).isEqualTo(1);
    }

    private static PolicyDocument cheapest(int days) {
        return policy(
                "",
                new PolicyDocument.Rule(
                        List.of(),
                        List.of(),
                        null,
                        40 * days + "MB",
                        null,
                        null,
                        null,
                        "CHEAPEST_TO_REBUILD",
                        false,
                        false));
    }

    private static PolicyDocument filtered(int days) {
        var rules = List.of(
                new PolicyDocument.Rule(
                        List.of(),
                        List.of("mountTarget==/root/m1"),
                        days + "d",
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        false),
                limit(days + "0MB"));
        return policy("", rules, List.of("description~=step [0-9]*" + days % 10));
    }

    private static PolicyDocument.Rule rule(String unusedFor) {
        return PolicyDocument.Rule.of(List.of(), unusedFor, null, null);
    }

    private static PolicyDocument.Rule limit(String size) {
        return PolicyDocument.Rule.of(List.of(), null, size, null);
    }

    private static PolicyDocument policy(String name, PolicyDocument.Rule... rules) {
        return policy(name, List.of(rules), List.of());
    }

    private static PolicyDocument policy(String name, List<PolicyDocument.Rule> rules, List<String> pins) {
        return new PolicyDocument(
                name,
                "ENFORCE",
                true,
                "",
                null,
                rules,
                pins,
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
