package dev.cachewarden.plan.preview;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.RecordFilter;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.preview.MountGroups.Origin;
import dev.cachewarden.planner.CacheRecords;
import dev.cachewarden.planner.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountGroupsTests {

    private static final int PLENTY = 1_000;

    private static final Origin CI_1 = origin(1, "ci-1");
    private static final Origin CI_2 = origin(2, "ci-2");

    private final MountGroups groups = new MountGroups("", PLENTY);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            before BuildKit 0.9           | cached mount /root/.npm from exec npm ci                            | /root/.npm | /root/.npm
            from 0.9 on, without an id    | cached mount /root/.npm from exec npm ci with id "//root/.npm"      | /root/.npm | /root/.npm
            with an id of its own         | cached mount /root/.npm from exec npm ci with id "npm"              | npm        | /root/.npm
            with an id that is a path     | cached mount /a from exec npm ci with id "/b"                       | /b         | /a
            """)
    void groupsByTheIdOfTheMount(String title, String description, String id, String target) {
        groups.add(CI_1, mount("a", description).record());

        assertThat(groups.largestFirst()).singleElement().satisfies(mount -> {
            assertThat(mount.id()).isEqualTo(id);
            assertThat(mount.targets()).containsExactly(target);
        });
    }

    @Test
    void oneMountOverBuildKitsOfDifferentAge() {
        groups.add(CI_1, mount("a", "cached mount /root/.npm from exec npm ci").record());
        groups.add(
                CI_2,
                mount("b", "cached mount /root/.npm from exec x with id \"//root/.npm\"")
                        .record());

        assertThat(groups.largestFirst())
                .singleElement()
                .satisfies(mount -> assertThat(mount.places()).hasSize(2));
    }

    @Test
    void sumsByMountAndByHost() {
        groups.add(CI_1, npm("a").megabytes(5).usedDaysAgo(3).record());
        groups.add(CI_1, npm("b").megabytes(7).usedDaysAgo(9).inUse().record());
        groups.add(CI_2, npm("c").megabytes(20).usedDaysAgo(1).record());

        assertThat(groups.largestFirst()).singleElement().satisfies(mount -> {
            assertThat(mount.use().total()).isEqualTo(megabytes(3, 32));
            assertThat(mount.use().byState())
                    .containsExactly(
                            Map.entry(UsageState.RECLAIMABLE, megabytes(2, 25)),
                            Map.entry(UsageState.IN_USE, megabytes(1, 7)));
            assertThat(mount.use().lastUsedAt()).isEqualTo(NOW.minus(Duration.ofDays(1)));
            assertThat(mount.use().usageCount()).isEqualTo(3);
            assertThat(mount.places())
                    .extracting(
                            place -> place.host().name(), place -> place.use().total())
                    .containsExactly(tuple("ci-2", megabytes(1, 20)), tuple("ci-1", megabytes(2, 12)));
        });
    }

    @Test
    void sumsAreInTheOrderOfSizeAndTiesInThatOfIds() {
        Stream.of("b", "a", "c")
                .forEach(id -> groups.add(
                        CI_1, withId(id, id).megabytes(id.equals("c") ? 9 : 4).record()));

        assertThat(groups.largestFirst()).extracting(MountView::id).containsExactly("c", "a", "b");
    }

    @Test
    void oneIdAtSeveralTargetsIsOneMount() {
        groups.add(
                CI_1, mount("a", "cached mount /y from exec x with id \"npm\"").record());
        groups.add(
                CI_1, mount("b", "cached mount /x from exec x with id \"npm\"").record());

        assertThat(groups.largestFirst())
                .singleElement()
                .satisfies(mount -> assertThat(mount.targets()).containsExactly("/x", "/y"));
    }

    @Test
    void recordsWithoutATargetAreCountedApart() {
        groups.add(CI_1, mount("a", "something newer").megabytes(3).record());

        assertThat(groups.largestFirst()).isEmpty();
        assertThat(groups.unnamed()).isEqualTo(megabytes(1, 3));
    }

    @Test
    void neverUsedMountHasNoLastUse() {
        groups.add(
                CI_1,
                new CacheRecord(
                        "a",
                        RecordType.EXEC_CACHEMOUNT,
                        List.of(),
                        "cached mount /x from exec y",
                        false,
                        false,
                        true,
                        ByteSize.ZERO,
                        NOW,
                        null,
                        0));

        assertThat(groups.largestFirst().getFirst().use().lastUsedAt()).isNull();
    }

    @Test
    void listsPinsWithTheirAmountByHost() {
        var pin = new MountPin(4L, "ci-default", Filter.parse("mountTarget==/root/.npm"));
        var pinning = origin(3, "pinned-host", pin);
        groups.add(pinning, npm("a").megabytes(5).record());
        groups.add(
                pinning,
                mount("b", "cached mount /elsewhere from exec x with id \"npm\"")
                        .megabytes(2)
                        .record());
        groups.add(CI_1, npm("c").megabytes(1).record());

        var mount = groups.largestFirst().getFirst();

        assertThat(mount.pins()).containsExactly(pin);
        assertThat(mount.places())
                .extracting(place -> place.host().name(), MountView.Place::pinned, MountView.Place::partlyPinned)
                .containsExactly(tuple("pinned-host", megabytes(1, 5), true), tuple("ci-1", Amount.NONE, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            npm        | 3
            NPM        | 3
            root       | 3
            npm ci-2   | 1
            ci-2 npm   | 1
            maven      | 0
            npm maven  | 0
            exec       | 0
            """)
    void everyWordHasToBeInIdTargetOrHost(String text, int records) {
        var filtered = new MountGroups(text, PLENTY);
        filtered.add(CI_1, npm("a").record());
        filtered.add(CI_1, npm("b").record());
        filtered.add(CI_2, npm("c").record());

        assertThat(filtered.largestFirst().stream()
                        .mapToLong(mount -> mount.use().total().records())
                        .sum())
                .isEqualTo(records);
    }

    @Test
    void beyondTheMostSumsRecordsAreOnlyCounted() {
        var small = new MountGroups("", 2);
        small.add(CI_1, withId("a", "one").megabytes(9).record());
        small.add(CI_1, withId("b", "two").megabytes(8).record());
        small.add(CI_1, withId("c", "three").megabytes(7).record());
        small.add(CI_2, withId("d", "one").megabytes(6).record());
        small.add(CI_1, withId("e", "one").megabytes(5).record());

        assertThat(small.largestFirst())
                .extracting(MountView::id, mount -> mount.use().total())
                .containsExactly(tuple("one", megabytes(2, 14)), tuple("two", megabytes(1, 8)));
        assertThat(small.further()).isEqualTo(megabytes(2, 13));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            cached mount /root/.npm from exec npm ci                       | cached mount /root/.npm from
            cached mount /root/.npm from exec npm ci with id "//root/.npm" | cached mount /root/.npm from
            cached mount /root/.npm from exec npm ci with id "npm"         | with id "npm"
            cached mount /x from exec npm ci with id "type:a b"            | with id "type:a b"
            """)
    void itsRecordsAreFoundByItsFilter(String description, String words) {
        var record = mount("a", description).record();
        groups.add(CI_1, record);

        var filter = RecordFilter.parse(groups.largestFirst().getFirst().recordFilter("ci-1"));

        assertThat(filter.hosts()).containsExactly("ci-1");
        assertThat(filter.types()).containsExactly(RecordType.EXEC_CACHEMOUNT);
        assertThat(filter.text()).isEqualTo(words);
        assertThat(record.description()).contains(words);
    }

    @Test
    void recordFilterFindsAnIdAmongSeveralTargets() {
        var one = mount("a", "cached mount /x from exec y with id \"//x\"").record();
        var other = mount("b", "cached mount /y from exec y with id \"/x\"").record();
        groups.add(CI_1, one);
        groups.add(CI_1, other);

        var text = RecordFilter.parse(groups.largestFirst().getFirst().recordFilter())
                .text();

        assertThat(List.of(one, other))
                .allSatisfy(record -> assertThat(record.description()).contains(text));
    }

    private static CacheRecords npm(String id) {
        return withId(id, "npm");
    }

    private static CacheRecords withId(String id, String mountId) {
        return mount(id, "cached mount /root/." + mountId + " from exec x with id \"" + mountId + '"');
    }

    private static CacheRecords mount(String id, String description) {
        return aRecord(id).type(RecordType.EXEC_CACHEMOUNT).described(description);
    }

    private static Amount megabytes(long records, long megabytes) {
        return new Amount(records, new ByteSize(megabytes * 1_000_000));
    }

    static Origin origin(long id, String name, MountPin... pins) {
        var address = HostAddress.parse("tcp://" + name + ".internal:2375", null);
        var host = new WatchedHost(
                new HostId(id),
                new HostConnection(name, HostKind.DOCKER_ENGINE, address),
                Map.of(),
                Duration.ofMinutes(1),
                true,
                null,
                null,
                new Reachability.Reachable(NOW),
                List.of(),
                null,
                null);
        var checks = Stream.of(pins)
                .map(pin -> new MountPin.Check(pin, pin.filter().predicate()))
                .toList();
        return new Origin(host, new BuilderId(id * 10), NOW, checks);
    }
}
